import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertNoCanary, findCanaries } from './canary.ts';

const canary = '+447700900123';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heard-canary-'));
});
afterAll(() => rm(folder, { recursive: true }));

const planted: readonly (readonly [string, Uint8Array])[] = [
  ['plain', Buffer.from(`{"from":"${canary}"}`)],
  ['utf-16', Buffer.from(`from ${canary} to`, 'utf16le')],
  ['utf-16 big end first', Buffer.from(`from ${canary} to`, 'utf16le').swap16()],
  ['hex', Buffer.from(Buffer.from(`x${canary}x`).toString('hex'))],
  ['hex in capitals', Buffer.from(Buffer.from(canary).toString('hex').toUpperCase())],
  ['url encoding', Buffer.from(`/?from=${encodeURIComponent(canary)}`)],
  ['among bytes that are no text', Buffer.concat([Buffer.alloc(99, 0xff), Buffer.from(canary)])],
];

test.each(planted)('it is found: %s', async (_, bytes) => {
  await expect(assertNoCanary({ canaries: [canary], texts: { page: bytes } })).rejects.toThrow(
    'in page',
  );
});

test('it is found in base64 wherever in the whole it stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 9 }),
      fc.uint8Array({ maxLength: 9 }),
      fc.constantFrom<BufferEncoding>('base64', 'base64url'),
      fc.constantFrom(canary, 'my dad hits me', 'zażółć gęślą', '~~~???>>>'),
      async (before, after, encoding, value) => {
        const whole = Buffer.concat([before, Buffer.from(value), after]).toString(encoding);
        const { found } = await findCanaries({ canaries: [value], texts: { log: whole } });
        expect(found.length, whole).toBeGreaterThan(0);
      },
    ),
    { seed: 8, numRuns: 300 },
  );
});

test('words that are not plain letters are found as they are and as JSON escapes them', async () => {
  const word = 'zażółć 🛟';
  const escaped = JSON.stringify(word).replace(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  for (const text of [word, escaped]) {
    const { found } = await findCanaries({ canaries: [word], texts: { text } });
    expect(found).toHaveLength(1);
  }
});

test('it is found in any file of a folder, also in one without a name that begins with a letter', async () => {
  const deep = join(folder, 'base', '16384');
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, '2619'), `....${canary}....`);
  await writeFile(join(deep, '.hidden'), `....${canary}....`);
  await writeFile(join(folder, 'clean'), 'nothing');
  const { found } = await findCanaries({ canaries: [canary], files: [folder] });
  expect(found.map(({ where }) => where).sort()).toEqual([
    join(deep, '.hidden'),
    join(deep, '2619'),
  ]);
});

test('it is found where it lies across the edge of two pieces of a large file', async () => {
  const piece = 8 * 1024 * 1024;
  for (const at of [piece - 1, piece - 5, 2 * piece - 7, piece]) {
    const bytes = Buffer.alloc(2 * piece + 100, 0x20);
    bytes.write(canary, at);
    const file = join(folder, `large-${at}`);
    await writeFile(file, bytes);
    const { found } = await findCanaries({ canaries: [canary], files: [file] });
    expect(found, `${at}`).toHaveLength(1);
    await rm(file);
  }
});

test('what is clean passes, and says how much was looked at', async () => {
  const file = join(folder, 'clean');
  await writeFile(file, 'nothing here');
  const texts = { log: '{"level":"info"}' };
  expect(await assertNoCanary({ canaries: [canary, 'my dad'], files: [file], texts })).toBe(28);
});

test('a search of nothing does not pass', async () => {
  await expect(assertNoCanary({ canaries: [canary] })).rejects.toThrow('nothing was there');
  await expect(assertNoCanary({ canaries: [canary], texts: { log: '' } })).rejects.toThrow(
    'nothing was there',
  );
  await expect(
    assertNoCanary({ canaries: [canary], files: [join(folder, 'no such file')] }),
  ).rejects.toThrow('ENOENT');
});

test('a canary that would turn up by chance is refused', async () => {
  await expect(findCanaries({ canaries: ['123'], texts: { log: '' } })).rejects.toThrow(
    'too short',
  );
});
