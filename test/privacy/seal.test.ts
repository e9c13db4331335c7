import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decrypt,
  encrypt,
  newKey,
  newKeyPair,
  openSealed,
  pad,
  sealTo,
  unpad,
} from '../../src/privacy/seal.ts';

const bound = Buffer.from('conversation 1');

describe('encrypt', () => {
  it('gives back any bytes, under the same key and binding', () => {
    const key = newKey();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (plain) => {
        const opened = decrypt(key, encrypt(key, plain, bound), bound);
        expect(Buffer.compare(opened, plain)).toBe(0);
      }),
    );
  });

  it('never gives the same bytes twice for the same text', () => {
    const key = newKey();
    const plain = Buffer.from('yes');
    const all = Array.from({ length: 1000 }, () => encrypt(key, plain, bound).toString('hex'));
    expect(new Set(all).size).toBe(1000);
  });

  it('opens for no other key, no other binding, and not after a change', () => {
    const key = newKey();
    const sealed = encrypt(key, Buffer.from('swings'), bound);
    expect(() => decrypt(newKey(), sealed, bound)).toThrow();
    expect(() => decrypt(key, sealed, Buffer.from('conversation 2'))).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decrypt(key, changed, bound)).toThrow();
    }
    expect(() => decrypt(key, Buffer.alloc(0), bound)).toThrow();
  });

  it('says nothing of the text when it does not open', () => {
    const sealed = encrypt(newKey(), Buffer.from('the canary answer'), bound);
    expect(() => decrypt(newKey(), sealed, bound)).not.toThrow(/canary/);
  });
});

describe('a sealed box', () => {
  it('opens with the private half only', () => {
    const pair = newKeyPair();
    const sealed = sealTo(pair.publicKey, Buffer.from('slide'));
    expect(Buffer.from(openSealed(pair, sealed)).toString()).toBe('slide');
    expect(() => openSealed(newKeyPair(), sealed)).toThrow();
    expect(() => openSealed({ ...newKeyPair(), publicKey: pair.publicKey }, sealed)).toThrow();
  });
});

describe('pad', () => {
  it('brings everything that fits to one size, and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 252 }), (bytes) => {
        const padded = pad(bytes, 256);
        expect(padded).toHaveLength(256);
        expect(Buffer.compare(unpad(padded), bytes)).toBe(0);
      }),
    );
  });

  it('refuses what does not fit, without naming it', () => {
    expect(() => pad(new Uint8Array(253), 256)).toThrow(RangeError);
  });
});
