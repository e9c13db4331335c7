import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readJournal } from '../../src/privacy/journal-lines.ts';
import { exportJournal, replayJournal } from '../../src/privacy/opt-out-journal.ts';
import { isBehind, keepMark } from '../../src/privacy/restore-mark.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

let on: TestHeard;
beforeAll(async () => {
  on = await openTestHeard();
});
beforeEach(async () => {
  await on.heard.world.pool.query(
    'truncate conv.person, contact.suppression, contact.erasure cascade',
  );
});
afterAll(() => on[Symbol.asyncDispose]());

const NO = new Error('the trail could not be written to');

const world = () => on.heard.world;
const nothingMore = {
  acceptMissing: false,
  deleteAgain: async () => undefined,
  andThen: async () => undefined,
};

async function person(number: string): Promise<string> {
  const contact = { channel: 'sms', address: number } as const;
  return (await world().contacts.findOrCreatePerson(world().pool, contact)).id;
}

async function stop(number: string): Promise<void> {
  await world().contacts.stop(world().pool, await person(number), 'stop');
}

async function exported(): Promise<string> {
  const lines: string[] = [];
  for await (const line of exportJournal(world().pool, world().keys)) lines.push(`${line}\n`);
  return lines.join('');
}

async function read(text: string) {
  const journal = await readJournal(text, world().keys);
  if (journal.kind === 'refused') throw new Error(journal.reason);
  return journal.journal;
}

async function stoppedPeople(): Promise<number> {
  const { rows } = await world().pool.query(
    'select count(*)::int as count from conv.person where stopped',
  );
  return rows[0].count;
}

/** The database as it was before anybody opted out. */
async function restoreOldBackup(): Promise<void> {
  await world().pool.query('truncate contact.suppression restart identity');
  await world().pool.query('update conv.person set stopped = false');
  await world().pool.query('update contact.journal set beat = 0');
}

test('who said stop after the backup is stopped again, and never invited anew', async () => {
  await stop('+447700900001');
  await person('+447700900002');
  const journal = await exported();
  await restoreOldBackup();
  expect(await stoppedPeople()).toBe(0);
  expect(await replayJournal(world().pool, world().keys, await read(journal), nothingMore)).toEqual(
    {
      kind: 'replayed',
      added: 1,
      stopped: 1,
      forgotten: 0,
      takenBack: 0,
    },
  );
  expect(await stoppedPeople()).toBe(1);
  expect(
    await replayJournal(world().pool, world().keys, await read(journal), nothingMore),
  ).toMatchObject({ added: 0, stopped: 0 });
  await world().pool.query('truncate conv.person cascade');
  const row = { channel: 'sms', address: '+447700900001' } as const;
  expect(await world().contacts.enrolMany(world().pool, [row])).toMatchObject([{ stopped: true }]);
});

test('a journal names nobody', async () => {
  await stop('+447700900001');
  const journal = await exported();
  expect(journal).toMatch(/^heard opt-outs 2 [0-9a-f]{64} \d+\nsms 1 [0-9a-f]{64} .*\nend 1\n$/);
  expect(journal).not.toContain('900001');
});

describe('a database that was restored', () => {
  test('is known by the keys folder, and is up to date after the replay', async () => {
    const { pool, keys } = world();
    await keepMark(pool, keys);
    await keepMark(pool, keys);
    expect(await isBehind(pool, keys)).toBe(false);
    await stop('+447700900001');
    const journal = await exported();
    await keepMark(pool, keys);
    await restoreOldBackup();
    expect(await isBehind(pool, keys)).toBe(true);
    expect(await keepMark(pool, keys)).toBe('behind');
    expect(await isBehind(pool, keys)).toBe(true);
    await replayJournal(pool, keys, await read(journal), nothingMore);
    expect(await isBehind(pool, keys)).toBe(false);
    expect(await keepMark(pool, keys)).toBe('kept');
  });

  test('is not made up to date by a journal that ends too early, unless told so', async () => {
    const { pool, keys } = world();
    await stop('+447700900001');
    const early = await exported();
    await stop('+447700900002');
    await stop('+447700900003');
    await keepMark(pool, keys);
    await restoreOldBackup();
    const journal = await read(early);
    expect(await replayJournal(pool, keys, journal, nothingMore)).toEqual({
      kind: 'too-old',
      missing: 2,
    });
    expect(await stoppedPeople()).toBe(0);
    expect(await isBehind(pool, keys)).toBe(true);
    const accepting = { ...nothingMore, acceptMissing: true };
    expect((await replayJournal(pool, keys, journal, accepting)).kind).toBe('replayed');
    expect(await isBehind(pool, keys)).toBe(false);
    await stop('+447700900004');
    const { rows } = await pool.query('select max(entry)::int as newest from contact.suppression');
    expect(rows[0].newest).toBeGreaterThan(3);
  });

  test('is known although the mark was lost with the keys folder, and marked once replayed', async () => {
    const { pool, keys } = world();
    await stop('+447700900001');
    await keepMark(pool, keys);
    await keepMark(pool, keys);
    const journal = await read(await exported());
    await restoreOldBackup();
    await pool.query('update contact.journal set beat = 2');
    await rm(join(on.keysDir, 'database.mark'));
    expect(await isBehind(pool, keys)).toBe(true);
    expect(await keepMark(pool, keys)).toBe('behind');
    expect(await replayJournal(pool, keys, journal, nothingMore)).toEqual({ kind: 'unknown-age' });
    expect(await stoppedPeople()).toBe(0);
    const failing = { ...nothingMore, acceptMissing: true, andThen: () => Promise.reject(NO) };
    await expect(replayJournal(pool, keys, journal, failing)).rejects.toBe(NO);
    expect(await isBehind(pool, keys)).toBe(true);
    const accepting = { ...nothingMore, acceptMissing: true };
    expect((await replayJournal(pool, keys, journal, accepting)).kind).toBe('replayed');
    expect(await isBehind(pool, keys)).toBe(false);
    expect(await keys.restoreMark()).toEqual({ beat: 2, entry: journal.upTo });
    expect(await keepMark(pool, keys)).toBe('kept');
  });

  test('is not one whose first mark was never written', async () => {
    const { pool, keys } = world();
    await pool.query('update contact.journal set beat = 0');
    await rm(join(on.keysDir, 'database.mark'), { force: true });
    expect(await isBehind(pool, keys)).toBe(false);
    expect(await keepMark(pool, keys)).toBe('kept');
    await rm(join(on.keysDir, 'database.mark'));
    expect(await isBehind(pool, keys)).toBe(false);
    expect(await keepMark(pool, keys)).toBe('kept');
  });

  test('stays held when what goes with the replay fails', async () => {
    const { pool, keys } = world();
    await stop('+447700900001');
    const journal = await read(await exported());
    await keepMark(pool, keys);
    await restoreOldBackup();
    const failing = {
      ...nothingMore,
      acceptMissing: true,
      andThen: () => Promise.reject(NO),
    };
    await expect(replayJournal(pool, keys, journal, failing)).rejects.toBe(NO);
    expect(await isBehind(pool, keys)).toBe(true);
    expect(await stoppedPeople()).toBe(0);
  });
});

test('a journal of the release before, which held opt-outs only, is still read', async () => {
  await stop('+447700900001');
  const journal = (await exported()).replace('heard opt-outs 2', 'heard opt-outs 1');
  expect(await read(journal)).toMatchObject({ optOuts: [{ channel: 'sms' }], erasures: [] });
});

describe('what is no whole journal of this installation is refused', () => {
  test.each([
    ['nothing', () => ''],
    ['another file', () => 'number,source\n07700900001,x\n'],
    ['one that was cut short', (whole: string) => whole.slice(0, whole.length - 20)],
    ['one without its end', (whole: string) => whole.replace(/end 2\n$/, '')],
    ['one with a line taken out', (whole: string) => whole.replace(/sms .*\n/, '')],
    ['one with a line changed', (whole: string) => whole.replace(/sms 1 ./, 'sms 1 g')],
    ['another installation’s', (whole: string) => whole.replace(/2 [0-9a-f]{8}/, '2 00000000')],
  ])('%s', async (_what, spoil) => {
    await stop('+447700900001');
    await stop('+447700900002');
    const whole = await exported();
    expect((await readJournal(whole, world().keys)).kind).toBe('journal');
    expect((await readJournal(spoil(whole), world().keys)).kind).toBe('refused');
  });
});
