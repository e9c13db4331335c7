/**
 * All of Heard's encryption: AEAD under a shared key, boxes sealed to a public key, padding and new
 * keys, by libsodium. The only file here that imports it. Nothing in this file may put a key, a
 * plain text or a length of one into an error.
 */
import { randomFillSync } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import type { KeyPair } from './keys.ts';

await sodium.ready;

const VERSION = 1;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;
const PAD_HEADER_BYTES = 4;

export const KEY_BYTES = 32;

/** Gives version byte, random nonce and cipher text; opens only with the same key and binding. */
export function encrypt(key: Uint8Array, plain: Uint8Array, boundTo: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(HEADER_BYTES + plain.length + TAG_BYTES);
  sealed[0] = VERSION;
  const nonce = sealed.subarray(1, HEADER_BYTES);
  takeRandom(nonce);
  const cipher = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    plain,
    boundTo,
    null,
    nonce,
    key,
  );
  sealed.set(cipher, HEADER_BYTES);
  return sealed;
}

/** Throws when the bytes were changed, or belong to another key or binding. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, boundTo: Uint8Array): Buffer {
  if (sealed[0] !== VERSION || sealed.length < HEADER_BYTES + TAG_BYTES) {
    throw new Error('sealed bytes have an unknown form');
  }
  const plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
    null,
    sealed.subarray(HEADER_BYTES),
    boundTo,
    sealed.subarray(1, HEADER_BYTES),
    key,
  );
  return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
}

/** Anyone can seal to a public key; only the private half opens. */
export function sealTo(publicKey: Uint8Array, plain: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal(plain, publicKey);
}

/** Throws when the box was sealed to another key or changed. */
export function openSealed(pair: KeyPair, sealed: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.privateKey);
}

/** Brings bytes to exactly `size`, so that a length says nothing. Throws when they do not fit. */
export function pad(bytes: Uint8Array, size: number): Buffer {
  if (bytes.length > size - PAD_HEADER_BYTES) {
    throw new RangeError('the bytes do not fit the size they must be padded to');
  }
  const padded = Buffer.alloc(size);
  padded.writeUInt32BE(bytes.length);
  padded.set(bytes, PAD_HEADER_BYTES);
  return padded;
}

export function unpad(padded: Uint8Array): Buffer {
  const bytes = Buffer.from(padded.buffer, padded.byteOffset, padded.byteLength);
  const length = bytes.readUInt32BE();
  if (length > bytes.length - PAD_HEADER_BYTES)
    throw new Error('padded bytes have an unknown form');
  return bytes.subarray(PAD_HEADER_BYTES, PAD_HEADER_BYTES + length);
}

export function newKey(): Uint8Array {
  const key = new Uint8Array(KEY_BYTES);
  randomFillSync(key);
  return key;
}

export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return { publicKey, privateKey };
}

/** One call to the operating system's randomness serves many nonces; each byte is used once. */
const store = Buffer.allocUnsafeSlow(NONCE_BYTES * 256);
let used = store.length;

function takeRandom(into: Buffer): void {
  if (used === store.length) {
    randomFillSync(store);
    used = 0;
  }
  store.copy(into, 0, used, used + into.length);
  used += into.length;
}
