import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLeadPublicKey } from '../../src/platform/lead-public-key.ts';
import { keygen, readPrivateKey } from '../../src/safeguarding/lead-key.ts';

const lead = keygen();

test('the public key survives being pasted with spaces and line breaks', () => {
  const whole = readLeadPublicKey(lead.publicKey);
  const pasted = readLeadPublicKey(
    `  ${lead.publicKey.slice(0, 30)}\n${lead.publicKey.slice(30)} \r\n`,
  );
  expect(whole.kind).toBe('key');
  expect(pasted).toEqual(whole);
});

test('a public key cut short anywhere is noticed', () => {
  for (let length = 0; length < lead.publicKey.length; length++) {
    expect(readLeadPublicKey(lead.publicKey.slice(0, length)).kind, `${length}`).toBe('wrong');
  }
});

test('a public key with one sign changed is noticed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: lead.publicKey.length - 1 }),
      fc.constantFrom(...'ABCxyz012-_=é'),
      (at, sign) => {
        fc.pre(lead.publicKey[at] !== sign);
        const slipped = lead.publicKey.slice(0, at) + sign + lead.publicKey.slice(at + 1);
        expect(readLeadPublicKey(slipped).kind).toBe('wrong');
      },
    ),
    { seed: 8, numRuns: 500 },
  );
});

test('each slip is named in words that say what to do', () => {
  const problem = (text: string) => {
    const read = readLeadPublicKey(text);
    return read.kind === 'wrong' ? read.problem : read.kind;
  };
  expect(problem('hello')).toContain('must be the line that begins with heard-lead-public-');
  expect(problem(lead.publicKey.slice(0, -5))).toContain('copy the line again');
  expect(problem(lead.privateKeyFile)).toContain('is the private key. Take it off this machine');
});

test('no problem repeats what was pasted', () => {
  const secret = /heard-lead-private-([\w-]{20})/.exec(lead.privateKeyFile)?.[1] ?? 'missing';
  const read = readLeadPublicKey(lead.privateKeyFile);
  expect(JSON.stringify(read)).not.toContain(secret);
  const cut = readPrivateKey(lead.privateKeyFile.slice(0, -9));
  expect(JSON.stringify(cut)).not.toContain(secret);
});

test('the private key file says what it is before it holds the key', () => {
  const [first] = lead.privateKeyFile.split('\n');
  expect(first).toMatch(/^# The PRIVATE key of the safeguarding lead/);
  expect(readPrivateKey(lead.privateKeyFile).kind).toBe('pair');
  expect(readPrivateKey(lead.privateKeyFile.replaceAll('\n', '\r\n')).kind).toBe('pair');
});

test('a file that is no private key, or not all of one, is refused in plain words', () => {
  const none = {
    kind: 'not-a-key',
    problem: 'This file does not hold a safeguarding private key.',
  };
  expect(readPrivateKey('')).toEqual(none);
  expect(readPrivateKey('# only a comment\n')).toEqual(none);
  expect(readPrivateKey(lead.publicKey)).toEqual(none);
  expect(readPrivateKey(lead.privateKeyFile.trimEnd().slice(0, -1))).toEqual({
    kind: 'not-a-key',
    problem: 'The private key in this file is not whole.',
  });
});

test('every pair is new', () => {
  expect(keygen().publicKey).not.toBe(lead.publicKey);
});
