/**
 * The safeguarding lead's public key as it is pasted into HEARD_SAFEGUARDING_KEY. What is wrong
 * with a paste is said in words that help, and never by repeating it: it may be the private key.
 */
import { readCheckedText, writeCheckedText } from './checked-text.ts';

const PUBLIC_PREFIX = 'heard-lead-public-';
export const PRIVATE_PREFIX = 'heard-lead-private-';
const KEY_BYTES = 32;

export type LeadPublicKey =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'wrong'; readonly problem: string };

export function writeLeadPublicKey(key: Uint8Array): string {
  return writeCheckedText(PUBLIC_PREFIX, key);
}

/** The problem follows the setting's name in a sentence: "HEARD_SAFEGUARDING_KEY is ...". */
export function readLeadPublicKey(text: string): LeadPublicKey {
  if (text.includes(PRIVATE_PREFIX)) {
    return {
      kind: 'wrong',
      problem:
        'is the private key. Take it off this machine, make a new pair, and put the public key here',
    };
  }
  const read = readCheckedText(PUBLIC_PREFIX, KEY_BYTES, text);
  if (read.kind === 'bytes') return { kind: 'key', key: read.bytes };
  const problem =
    read.kind === 'wrong-prefix'
      ? `must be the line that begins with ${PUBLIC_PREFIX}: heard safeguarding keygen prints it`
      : 'is not whole or has a slip in it: copy the line again, from its beginning to its end';
  return { kind: 'wrong', problem };
}
