import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLeadPublicKey } from '../../src/platform/lead-public-key.ts';
import { exportCases, readExport } from '../../src/safeguarding/case-export.ts';
import type { CaseContents } from '../../src/safeguarding/case-seal.ts';
import {
  caseLink,
  listSealed,
  markReviewed,
  openCase,
  openCaseFromLink,
} from '../../src/safeguarding/cases.ts';
import { keygen } from '../../src/safeguarding/lead-key.ts';
import { openCases } from '../../src/safeguarding/open-cases.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';

const lead = keygen();
const contents: CaseContents = {
  kind: 'physical-abuse',
  channel: 'sms',
  address: '+447700900123',
  consultation: 'Chesham park',
  messages: ['my dad hits me'],
  at: '2026-11-02T16:30:00.000Z',
};

function sealedFor(publicKey = lead.publicKey): Uint8Array {
  const read = readLeadPublicKey(publicKey);
  if (read.kind === 'wrong') throw new Error(read.problem);
  return read.key;
}

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

async function open(db: TestDatabase, number: number, told: Partial<CaseContents> = {}) {
  await openCase(db.pool, {
    id: id(number),
    level: 'amber',
    openedOn: '2026-11-02',
    sealedFor: sealedFor(),
    contents: { ...contents, ...told },
  });
}

test('the lead reads who told, where, when and what', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  expect(openCases(await listSealed(db.pool), lead.privateKeyFile)).toEqual({
    kind: 'opened',
    closed: 0,
    cases: [{ id: id(1), level: 'amber', openedOn: '2026-11-02', state: 'open', ...contents }],
  });
});

test('without the private key the database shows a level and a day, and nothing of the person', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  const { rows } = await db.pool.query('select * from safe.case');
  const shown = JSON.stringify(rows) + Buffer.from(rows[0].sealed_blob).toString('latin1');
  for (const secret of ['07700900123', '447700900123', 'dad', 'Chesham', 'physical', '16:30']) {
    expect(shown).not.toContain(secret);
  }
});

test('the length of what is sealed does not tell a short message from a long one', async () => {
  await using db = await freshDatabase();
  await open(db, 1, { messages: ['help'], kind: 'cry-for-help', address: '+447700900001' });
  await open(db, 2, { messages: ['x'.repeat(600)], consultation: 'A longer name of a thing' });
  const sizes = (await listSealed(db.pool)).map((one) => one.sealed.length);
  expect(new Set(sizes).size).toBe(1);
});

test('a very long message is kept whole', async () => {
  await using db = await freshDatabase();
  const messages = ['🛟'.repeat(5000), 'and more'];
  await open(db, 1, { messages });
  const opened = openCases(await listSealed(db.pool), lead.privateKeyFile);
  expect(opened.kind === 'opened' && opened.cases[0]?.messages).toEqual(messages);
});

test('harm found at the release opens with the link that waited beside the answers', async () => {
  await using db = await freshDatabase();
  const link = caseLink({
    sealedFor: sealedFor(),
    channel: 'sms',
    address: '+447700900123',
    consultation: 'Chesham park',
  });
  const late = { level: 'red', openedOn: '2026-11-06', caseLink: link } as const;
  await openCaseFromLink(db.pool, {
    ...late,
    id: id(1),
    told: { sealedFor: sealedFor(), texts: ['i want to die'] },
  });
  await openCaseFromLink(db.pool, { ...late, id: id(2) });
  const opened = openCases(await listSealed(db.pool), lead.privateKeyFile);
  const whose = { channel: 'sms', address: '+447700900123', consultation: 'Chesham park' };
  expect(opened).toMatchObject({
    kind: 'opened',
    cases: [
      { id: id(1), level: 'red', messages: ['i want to die'], ...whose },
      { id: id(2), level: 'red', messages: [], ...whose },
    ],
  });
});

test('every link has one size, whatever the address and the title', () => {
  const sizes = new Set<number>();
  fc.assert(
    fc.property(
      fc.string({ maxLength: 400 }),
      fc.string({ maxLength: 400, unit: 'binary' }),
      (address, consultation) => {
        sizes.add(
          caseLink({ sealedFor: sealedFor(), channel: 'sms', address, consultation }).length,
        );
      },
    ),
    { seed: 8, numRuns: 200 },
  );
  expect(sizes.size).toBe(1);
});

test('a link never fails the answers it waits beside, however long its address or title', () => {
  const long = {
    sealedFor: sealedFor(),
    channel: 'teams',
    address: '"'.repeat(5000),
    consultation: 'ض'.repeat(5000),
  };
  const short = { sealedFor: sealedFor(), channel: 'sms', address: '', consultation: '' };
  expect(caseLink(long).length).toBe(caseLink(short).length);
});

test('two links of one person are not alike: nobody can group the pool by them', () => {
  const whose = {
    sealedFor: sealedFor(),
    channel: 'sms',
    address: '+447700900123',
    consultation: 'x',
  };
  expect(Buffer.from(caseLink(whose)).equals(caseLink(whose))).toBe(false);
});

test('red cases come first, then the older days', async () => {
  await using db = await freshDatabase();
  const days = [
    [1, 'amber', '2026-11-01'],
    [2, 'red', '2026-11-03'],
    [3, 'red', '2026-11-02'],
  ] as const;
  for (const [number, level, openedOn] of days) {
    await openCase(db.pool, { id: id(number), level, openedOn, sealedFor: sealedFor(), contents });
  }
  expect((await listSealed(db.pool)).map((one) => one.id)).toEqual([id(3), id(2), id(1)]);
});

test('a case is marked as reviewed once, and stays', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  expect(await markReviewed(db.pool, id(1))).toBe('reviewed');
  expect(await markReviewed(db.pool, id(1))).toBe('reviewed-before');
  expect(await markReviewed(db.pool, id(2))).toBe('no-such-case');
  expect((await listSealed(db.pool)).map((one) => one.state)).toEqual(['reviewed']);
});

test('another lead’s key opens nothing, and says so', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  const rows = await listSealed(db.pool);
  expect(openCases(rows, keygen().privateKeyFile)).toEqual({ kind: 'wrong-key' });
  expect(openCases([], keygen().privateKeyFile)).toMatchObject({ kind: 'opened', cases: [] });
});

test('after the lead changed, each key opens its own cases and counts the others', async () => {
  await using db = await freshDatabase();
  const next = keygen();
  await open(db, 1);
  await openCase(db.pool, {
    id: id(2),
    level: 'amber',
    openedOn: '2026-11-03',
    sealedFor: sealedFor(next.publicKey),
    contents,
  });
  const rows = await listSealed(db.pool);
  const before = openCases(rows, lead.privateKeyFile);
  const after = openCases(rows, next.privateKeyFile);
  expect(before).toMatchObject({ cases: [{ id: id(1) }], closed: 1 });
  expect(after).toMatchObject({ cases: [{ id: id(2) }], closed: 1 });
});

test('a case that somebody changed does not open, and the others do', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  await open(db, 2);
  const rows = await listSealed(db.pool);
  const changed = rows.map((row, at) =>
    at === 0
      ? { ...row, sealed: row.sealed.map((byte, place) => (place === 99 ? byte ^ 1 : byte)) }
      : row,
  );
  expect(openCases(changed, lead.privateKeyFile)).toMatchObject({
    kind: 'opened',
    cases: [{ id: id(2) }],
    closed: 1,
  });
});

test('cases travel in a file to a machine without the database', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  const link = caseLink({ ...contents, sealedFor: sealedFor() });
  const told = { sealedFor: sealedFor(), texts: ['i want to die'] };
  await openCaseFromLink(db.pool, {
    id: id(2),
    level: 'red',
    openedOn: '2026-11-03',
    caseLink: link,
    told,
  });
  const file = await exportCases(db.pool);
  const read = readExport(file.replaceAll('\n', '\r\n'));
  expect(read.kind === 'cases' && openCases(read.cases, lead.privateKeyFile)).toEqual(
    openCases(await listSealed(db.pool), lead.privateKeyFile),
  );
});

test('a file that is cut, changed or something else is refused with the reason', async () => {
  await using db = await freshDatabase();
  await open(db, 1);
  await open(db, 2);
  const file = await exportCases(db.pool);
  const lines = file.trimEnd().split('\n');
  const problems = [
    '',
    'number,source\n',
    '{"file":"something else","cases":0}',
    lines.slice(0, 2).join('\n'),
    file.slice(0, -20),
    file.replace('"amber"', '"blue"'),
    file.replace(/"sealed":"..../, '"sealed":"....'),
  ].map((broken) => readExport(broken));
  expect(problems).toEqual([
    { kind: 'not-an-export', problem: 'This file does not hold exported safeguarding cases.' },
    { kind: 'not-an-export', problem: 'This file does not hold exported safeguarding cases.' },
    { kind: 'not-an-export', problem: 'This file does not hold exported safeguarding cases.' },
    { kind: 'not-an-export', problem: 'This file should hold 2 cases and holds 1.' },
    { kind: 'not-an-export', problem: 'Line 3 of this file is damaged.' },
    { kind: 'not-an-export', problem: 'Line 2 of this file is damaged.' },
    { kind: 'not-an-export', problem: 'Line 2 of this file is damaged.' },
  ]);
});

test('reading a file never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      readExport(text);
      readExport(`{"file":"heard safeguarding cases 1","cases":1}\n${text}`);
      openCases([], text);
    }),
    { seed: 8 },
  );
});
