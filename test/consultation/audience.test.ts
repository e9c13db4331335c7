import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AudienceFile, readAudience } from '../../src/consultation/audience.ts';
import { createInviteeList } from '../../src/consultation/invitee-list.ts';

const HEADER = 'number,source,language\n';
const NUMBER = /^(?:0|\+44)(7700900\d{3})$/;

/** Chunks of any size, as a file comes. */
async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

function read(text: string | Uint8Array, size = 7): Promise<AudienceFile> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return readAudience(chunks(bytes, size), ['en', 'cy'], (typed) => {
    const number = NUMBER.exec(typed)?.[1];
    return number === undefined
      ? { kind: 'refused', reason: 'This is not a phone number' }
      : { kind: 'number', number: `+44${number}` };
  });
}

async function whole(text: string | Uint8Array, size?: number) {
  const file = await read(text, size);
  if (file.kind === 'refused') throw new Error(file.message);
  const { invitees, problems, repeated } = file;
  return { all: invitees.slice(0, invitees.length), problems, repeated };
}

describe('an audience file', () => {
  test('gives each number once, in its order, with who gave it and the language', async () => {
    const { all, problems, repeated } = await whole(
      `${HEADER}07700900001,Youth Club,\n07700900002,School,cy\n+447700900001,School,cy\n`,
    );
    expect(all).toEqual([
      { address: '+447700900001', source: 'Youth Club' },
      { address: '+447700900002', source: 'School', language: 'cy' },
    ]);
    expect(problems.count).toBe(0);
    expect(repeated).toEqual({ count: 1, first: [{ line: 4, message: expect.any(String) }] });
  });

  test('names bad rows by their line and never by what stands in them', async () => {
    const rows = [
      '07700900001,Youth Club,',
      "=cmd|'/c calc'!A1,Youth Club,",
      '="07700900005",Youth Club,',
      '07700900006,"=HYPERLINK(""https://evil.example"")",',
      '07700900007,,',
      '07700900008,Youth Club,tlh',
      'not a number 07700900009,Youth Club,',
    ];
    const { all, problems } = await whole(`${HEADER}${rows.join('\n')}\n`);
    expect(all).toHaveLength(1);
    expect(problems.first.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8]);
    const told = problems.first.map(({ message }) => message).join('\n');
    expect(told).not.toMatch(/0\d{3}|cmd|evil|tlh|not a number/);
    expect(problems.first[0]?.message).toContain('formula');
  });

  test('is the same in whatever pieces it comes, and in UTF-16', async () => {
    const text = `${HEADER}07700900001,"Clwb ""Tŷ"" Ieuenctid",cy\r\n\r\n07700900002,Ysgol Tŷ,cy\n`;
    const expected = await whole(text, 1_000);
    for (let size = 2; size < 40; size++) expect(await whole(text, size)).toEqual(expected);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(await whole(utf16, 33)).toEqual(expected);
    expect(expected.all).toHaveLength(1);
  });

  test.each([
    ['nothing', ''],
    ['no numbers', 'name,source\nA,B\n'],
    ['no source', 'number\n07700900001\n'],
    ['a column twice', 'number,number,source\n'],
    ['no text', new Uint8Array([110, 117, 109, 0xff, 0xc0, 0x80])],
    ['a quote that is never closed', `${HEADER}"07700900001,${'x\n'.repeat(20_000)}`],
  ])('is refused with %s', async (_what, text) => {
    expect((await read(text)).kind).toBe('refused');
  });

  test('with a wrong header is refused at once, however long it is', async () => {
    let asked = 0;
    const endless = new Readable({
      read() {
        asked += 1;
        this.push('name,source\n07700900001,School\n'.repeat(1_000));
      },
    });
    const file = await readAudience(endless, ['en'], () => ({ kind: 'refused', reason: 'none' }));
    expect(file.kind).toBe('refused');
    expect(asked).toBeLessThan(100);
  });

  test('with many bad rows tells the first hundred and counts them all', async () => {
    const { problems } = await whole(`${HEADER}${'x,School,\n'.repeat(20_000)}`, 65_536);
    expect(problems.first).toHaveLength(100);
    expect(problems.count).toBe(20_000);
  });
});

describe('the list', () => {
  test('is what a plain one would be, whatever is added', () => {
    const invitee = fc.record({
      address: fc.integer({ min: 1_000_000, max: 1_003_000 }).map((number) => `+${number}`),
      source: fc.constantFrom('School', 'Youth Club'),
      language: fc.constantFrom('cy', 'pl'),
    });
    fc.assert(
      fc.property(fc.array(invitee, { maxLength: 4_000, size: 'max' }), (all) => {
        const list = createInviteeList();
        const plain = new Map<string, (typeof all)[number]>();
        for (const one of all) {
          expect(list.add(one)).toBe(!plain.has(one.address));
          if (!plain.has(one.address)) plain.set(one.address, one);
        }
        expect(list.slice(0, list.length)).toEqual([...plain.values()]);
        expect(list.slice(3, 5)).toEqual([...plain.values()].slice(3, 5));
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test('keeps a number of any length as it is, and nothing that is none', () => {
    const list = createInviteeList();
    list.add({ address: '+447700900001', source: 'School' });
    list.add({ address: '+999999999999999', source: 'School' });
    expect(list.slice(0, 9).map((one) => one.address)).toEqual([
      '+447700900001',
      '+999999999999999',
    ]);
    expect(() => list.add({ address: '07700900001', source: 'School' })).toThrow(TypeError);
  });

  test('of a million takes a few dozen megabytes', () => {
    const list = createInviteeList();
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < 1_000_000; at++)
      list.add({ address: `+1000000${String(at).padStart(7, '0')}`, source: `School ${at % 40}` });
    expect(list.length).toBe(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6);
  });
});
