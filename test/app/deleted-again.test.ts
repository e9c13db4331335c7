/** Nobody who asked to be forgotten, or took their answers back, returns with a backup. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChatDesk } from '../../src/conversation/chat-desk.ts';
import { deleteAgain } from '../../src/conversation/delete-again.ts';
import { createListeners } from '../../src/conversation/listeners.ts';
import { readJournal } from '../../src/privacy/journal-lines.ts';
import { exportJournal, replayJournal } from '../../src/privacy/opt-out-journal.ts';
import { isBehind, keepMark } from '../../src/privacy/restore-mark.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

const [ANNA, BEN, CARA, DAN] = [
  '+447700900001',
  '+447700900002',
  '+447700900003',
  '+447700900004',
] as const;

let on: TestHeard;
beforeEach(async () => {
  on = await openTestHeard();
  await on.launchFlow('chesham-park');
});
afterEach(() => on[Symbol.asyncDispose]());

async function query(text: string, values: unknown[] = []): Promise<readonly string[]> {
  const { rows } = await on.heard.world.pool.query(text, values);
  return rows.map((row) => String(Object.values(row)[0]));
}

async function texts(number: string, ...all: readonly string[]): Promise<void> {
  for (const text of all) await on.phone(number).text(text);
}

async function tables(): Promise<readonly string[]> {
  return query(
    `select format('%I.%I', schemaname, tablename) from pg_tables
     where schemaname in ('conv', 'contact', 'delivery', 'pool') order by 1`,
  );
}

/** Every table of the contacts as it is now, and how far the entries were counted. */
async function backup(): Promise<() => Promise<void>> {
  const all = await tables();
  await query('create schema kept');
  for (const [at, table] of all.entries())
    await query(`create table kept.t${at} as table ${table}`);
  const [entry] = await query(
    'select last_value + is_called::int from contact.suppression_entry_seq',
  );
  return async () => {
    await query(`truncate ${all.join(', ')} cascade`);
    const order = [...all.keys()].sort(
      (a, b) => Number(isPerson(all[b])) - Number(isPerson(all[a])),
    );
    for (const at of order)
      await query(`insert into ${all[at]} overriding system value table kept.t${at}`);
    await query(`select setval('contact.suppression_entry_seq', $1, false)`, [entry]);
  };
}

function isPerson(table: string | undefined): boolean {
  return table === 'conv.person';
}

async function journal(): Promise<string> {
  const { pool, keys } = on.heard.world;
  const lines: string[] = [];
  for await (const line of exportJournal(pool, keys)) lines.push(`${line}\n`);
  await keepMark(pool, keys);
  return lines.join('');
}

async function replay(text: string) {
  const { pool, keys } = on.heard.world;
  const read = await readJournal(text, keys);
  if (read.kind === 'refused') throw new Error(read.reason);
  return replayJournal(pool, keys, read.journal, {
    acceptMissing: false,
    deleteAgain: (tx, returned) => deleteAgain(tx, keys, returned),
    andThen: async () => undefined,
  });
}

async function inThePool(): Promise<number> {
  let items = 0;
  for (const id of await query('select id from pool.batch'))
    items += Number(await query(`select count(*) from pool."item_${id.replaceAll('-', '')}"`));
  return items;
}

async function counts() {
  const count = async (table: string) => Number(await query(`select count(*) from ${table}`));
  return {
    people: await count('conv.person'),
    underWay: await count('conv.conversation'),
    takePart: await count('conv.participation'),
    finished: await inThePool(),
  };
}

/** Before the backup: Anna and Dan finished, Ben and Cara are half-way. */
async function begin(): Promise<void> {
  for (const number of [ANNA, DAN]) await texts(number, 'PARK', 'GO', '1', 'SKIP');
  for (const number of [BEN, CARA]) await texts(number, 'PARK', 'GO');
  await keepMark(on.heard.world.pool, on.heard.world.keys);
}

test('what was deleted after the backup is deleted again, and nothing else', async () => {
  await begin();
  const restore = await backup();
  await texts(ANNA, 'DELETE');
  await texts(BEN, 'DELETE');
  await texts(CARA, 'wrong number');
  const after = await counts();
  expect(after).toEqual({ people: 3, underWay: 0, takePart: 2, finished: 1 });
  const kept = await journal();
  for (const number of [ANNA, BEN, CARA]) expect(kept).not.toContain(number.slice(-6));
  expect(
    kept.match(/^erased \d+ (person sms \d+|answers|conversation) [0-9a-f]{64} [-\d]+$/gm),
  ).toHaveLength(3);

  await restore();
  expect(await counts()).toEqual({ people: 4, underWay: 2, takePart: 4, finished: 2 });
  expect(await isBehind(on.heard.world.pool, on.heard.world.keys)).toBe(true);
  // Somebody writes before the journal is replayed: their entry takes a number that was given.
  await texts(DAN, 'DELETE');
  expect(await replay(kept)).toMatchObject({ kind: 'replayed', forgotten: 1, takenBack: 1 });
  expect(await counts()).toEqual({ ...after, finished: 0 });
  expect(await isBehind(on.heard.world.pool, on.heard.world.keys)).toBe(false);
});

test('the next journal holds them too, and who came back since stays', async () => {
  await begin();
  const restore = await backup();
  await texts(CARA, 'wrong number');
  const kept = await journal();
  await restore();
  await replay(kept);
  expect((await journal()).match(/^erased \d+ person /gm)).toHaveLength(1);
  await texts(CARA, 'START', 'PARK', 'GO');
  const before = await counts();
  expect(await replay(kept)).toMatchObject({ forgotten: 0 });
  expect(await counts()).toEqual(before);
});

test('who was forgotten, came back and is in the backup stays', async () => {
  await begin();
  await texts(CARA, 'wrong number');
  await texts(CARA, 'START', 'PARK', 'GO');
  const before = await counts();
  const restore = await backup();
  const kept = await journal();
  await restore();
  expect(await replay(kept)).toMatchObject({ forgotten: 0 });
  expect(await counts()).toEqual(before);
});

test('a journal from before the last deletion is too old', async () => {
  await begin();
  const restore = await backup();
  const early = await journal();
  await texts(CARA, 'wrong number');
  await journal();
  await restore();
  expect(await replay(early)).toEqual({ kind: 'too-old', missing: 2 });
});

test('what was cleared from a shared device is cleared again', async () => {
  await begin();
  const web = on.phone('a session', 'web');
  await web.receipt({ kind: 'join', keyword: 'park' });
  await web.text('GO');
  const restore = await backup();
  await createChatDesk(on.heard.world, createListeners()).clear('a session');
  const after = await counts();
  const kept = await journal();
  await restore();
  await replay(kept);
  expect(await counts()).toEqual(after);
});
