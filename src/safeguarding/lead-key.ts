/**
 * The safeguarding lead's pair of keys. The public half seals cases on the server; the private half
 * is a file that only the lead keeps, and that no server ever needs.
 */
import { readCheckedText, writeCheckedText } from '../platform/checked-text.ts';
import { PRIVATE_PREFIX, writeLeadPublicKey } from '../platform/lead-public-key.ts';
import type { KeyPair } from '../privacy/keys.ts';
import { KEY_BYTES, newKeyPair } from '../privacy/seal.ts';

export interface LeadKeys {
  /** One line to paste into HEARD_SAFEGUARDING_KEY. */
  readonly publicKey: string;
  /** What the lead's own file holds. Write it readable by its owner alone. */
  readonly privateKeyFile: string;
}

export function keygen(): LeadKeys {
  const pair = newKeyPair();
  const publicKey = writeLeadPublicKey(pair.publicKey);
  const privateKey = writeCheckedText(
    PRIVATE_PREFIX,
    Buffer.concat([pair.privateKey, pair.publicKey]),
  );
  return { publicKey, privateKeyFile: privateKeyFile(privateKey, publicKey) };
}

export type LeadPrivateKey =
  | { readonly kind: 'pair'; readonly pair: KeyPair }
  | { readonly kind: 'not-a-key'; readonly problem: string };

/** Reads the lead's file. A problem never repeats what the file holds. */
export function readPrivateKey(file: string): LeadPrivateKey {
  const line = file
    .split('\n')
    .map((one) => one.trim())
    .find((one) => one !== '' && !one.startsWith('#'));
  const read = readCheckedText(PRIVATE_PREFIX, 2 * KEY_BYTES, line ?? '');
  if (read.kind === 'wrong-prefix') {
    return { kind: 'not-a-key', problem: 'This file does not hold a safeguarding private key.' };
  }
  if (read.kind === 'damaged') {
    return { kind: 'not-a-key', problem: 'The private key in this file is not whole.' };
  }
  const privateKey = read.bytes.slice(0, KEY_BYTES);
  return { kind: 'pair', pair: { privateKey, publicKey: read.bytes.slice(KEY_BYTES) } };
}

function privateKeyFile(privateKey: string, publicKey: string): string {
  return [
    '# The PRIVATE key of the safeguarding lead. Whoever has this file can read every case.',
    '#',
    '# - Keep it away from the server that Heard runs on: nothing there needs it.',
    '# - Keep one copy in a safe place: without it no case can ever be opened.',
    '# - Never send it by e-mail or chat.',
    '#',
    `# It belongs to the public key ${publicKey}`,
    privateKey,
    '',
  ].join('\n');
}
