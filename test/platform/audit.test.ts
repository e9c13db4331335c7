import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditEvent, record, verify } from '../../src/platform/audit.ts';
import { transaction } from '../../src/platform/postgres.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';

const launched: AuditEvent = {
  actor: 'command line',
  action: 'launched',
  object: 'consultation',
  at: new Date('2026-11-02T16:30:00.123Z'),
};

async function withTrail(rows: number): Promise<TestDatabase> {
  const db = await freshDatabase();
  for (let row = 0; row < rows; row++) await record(db.pool, launched);
  return db;
}

/** What somebody with the rights of the database's owner could do. */
async function tamper(db: TestDatabase, statement: string): Promise<void> {
  await db.pool.query('alter table audit.event disable trigger only_grows');
  await db.pool.query(statement);
  await db.pool.query('alter table audit.event enable trigger only_grows');
}

let shared: TestDatabase;
beforeAll(async () => {
  shared = await withTrail(2);
});
afterAll(() => shared.end());

test('an empty trail is whole', async () => {
  await using db = await freshDatabase();
  expect(await verify(db.pool)).toEqual({ kind: 'whole', events: 0, head: '0'.repeat(64) });
});

test('every event is kept in order, and the head moves on with each', async () => {
  await using db = await withTrail(1);
  const before = await verify(db.pool);
  await record(db.pool, { ...launched, action: 'closed' });
  const after = await verify(db.pool);
  expect(after).toMatchObject({ kind: 'whole', events: 2 });
  expect(after.kind === 'whole' && after.head).not.toBe(before.kind === 'whole' && before.head);
});

test('a trail longer than one page of it is verified to its end', async () => {
  await using db = await withTrail(0);
  await transaction(db.pool, async (tx) => {
    for (let row = 0; row < 1003; row++) await record(tx, launched);
  });
  expect(await verify(db.pool)).toMatchObject({ kind: 'whole', events: 1003 });
  await tamper(db, `update audit.event set action = 'closed' where seq = 1002`);
  expect(await verify(db.pool)).toEqual({ kind: 'broken', at: 1002 });
});

test.each([
  `update audit.event set actor = 'program'`,
  'delete from audit.event',
  'truncate audit.event',
  `update audit.event set actor = 'program' where false`,
])('the database refuses: %s', async (statement) => {
  await expect(shared.pool.query(statement)).rejects.toThrow(/audit\.event only grows/);
  expect(await verify(shared.pool)).toMatchObject({ kind: 'whole', events: 2 });
});

test.each([
  ['a changed actor', `update audit.event set actor = 'program' where seq = 2`, 2],
  ['a changed time', `update audit.event set at = at + interval '1 microsecond' where seq = 2`, 2],
  ['a changed object', `update audit.event set object = 'keys' where seq = 1`, 1],
  ['a changed hash', `update audit.event set hash = sha256('x') where seq = 2`, 2],
  ['a row taken out', 'delete from audit.event where seq = 2', 2],
  ['the first row taken out', 'delete from audit.event where seq = 1', 1],
  [
    'two rows changed over',
    'update audit.event set seq = case seq when 2 then -3 else -2 end where seq in (2, 3); update audit.event set seq = -seq where seq < 0',
    2,
  ],
  [
    'a row slipped in at the end',
    `insert into audit.event select seq + 1, at, actor, action, object, hash from audit.event where seq = 3`,
    4,
  ],
])('%s is found even if the owner of the database did it', async (_, statement, at) => {
  await using db = await freshDatabase();
  await record(db.pool, launched);
  await record(db.pool, { ...launched, action: 'closed' });
  await record(db.pool, { ...launched, action: 'told', object: 'broadcast' });
  await tamper(db, statement);
  expect(await verify(db.pool)).toEqual({ kind: 'broken', at });
});

test('a row written anew with a hash of its own breaks the chain at the next row', async () => {
  await using db = await withTrail(3);
  await tamper(
    db,
    `update audit.event as mine set actor = 'program', hash = sha256(before.hash || convert_to(
       '["2","2026-11-02T16:30:00.123000Z","program","launched","consultation"]', 'UTF8'))
      from audit.event as before where mine.seq = 2 and before.seq = 1`,
  );
  expect(await verify(db.pool)).toEqual({ kind: 'broken', at: 3 });
});

test('a trail cut short has another head than the one that was kept elsewhere', async () => {
  await using db = await withTrail(2);
  const kept = await verify(db.pool);
  await tamper(db, 'delete from audit.event where seq = 2');
  const cut = await verify(db.pool);
  expect(cut).toMatchObject({ kind: 'whole', events: 1 });
  expect(cut.kind === 'whole' && cut.head).not.toBe(kept.kind === 'whole' && kept.head);
});

test('many who record at once, in transactions and outside, make one unbroken trail', async () => {
  await using db = await freshDatabase();
  await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0 ? record(db.pool, launched) : transaction(db.pool, (tx) => record(tx, launched)),
    ),
  );
  expect(await verify(db.pool)).toMatchObject({ kind: 'whole', events: 40 });
});

test('an act that was undone leaves no event, and no gap', async () => {
  await using db = await withTrail(1);
  await expect(
    transaction(db.pool, async (tx) => {
      await record(tx, launched);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  await record(db.pool, launched);
  expect(await verify(db.pool)).toMatchObject({ kind: 'whole', events: 2 });
});

test.each([
  { actor: 'officer Cllr Green' },
  { actor: 'officer +447700900123' },
  { action: 'wrote to +447700900123' },
  { object: '+447700900123' },
])('nothing outside the closed names reaches the trail: %o', async (slip) => {
  // As a slip past the types would look.
  const event: AuditEvent = { ...launched, ...JSON.parse(JSON.stringify(slip)) };
  await expect(record(shared.pool, event)).rejects.toThrow('the trail knows no such');
  expect(await verify(shared.pool)).toMatchObject({ kind: 'whole', events: 2 });
});
