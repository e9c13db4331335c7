/**
 * Bytes as a line of text that people copy and paste: a prefix that says what it is, and a checksum
 * that tells a line cut short or mistyped from a whole one. It protects from slips, not from people.
 */
import { createHash } from 'node:crypto';

export type CheckedText =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'wrong-prefix' }
  | { readonly kind: 'damaged' };

const CHECKSUM_BYTES = 4;

export function writeCheckedText(prefix: string, bytes: Uint8Array): string {
  return prefix + Buffer.concat([bytes, checksum(prefix, bytes)]).toString('base64url');
}

/** Spaces and line breaks, which mail and chat put into long lines, do not matter. */
export function readCheckedText(prefix: string, length: number, text: string): CheckedText {
  const line = text.replace(/\s/g, '');
  if (!line.startsWith(prefix)) return { kind: 'wrong-prefix' };
  const all = Buffer.from(line.slice(prefix.length), 'base64url');
  const bytes = Uint8Array.from(all.subarray(0, length));
  const whole =
    all.length === length + CHECKSUM_BYTES && checksum(prefix, bytes).equals(all.subarray(length));
  return whole ? { kind: 'bytes', bytes } : { kind: 'damaged' };
}

function checksum(prefix: string, bytes: Uint8Array): Buffer {
  return createHash('sha256').update(prefix).update(bytes).digest().subarray(0, CHECKSUM_BYTES);
}
