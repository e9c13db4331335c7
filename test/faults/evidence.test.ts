/** What the invariants are shown must be there to be seen: links in the files, canaries in the bytes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../src/platform/postgres.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { IN_EVERY_IDEA } from './people.ts';
import { searchEverywhere } from './search.ts';
import { linksToPeople } from './watching/links.ts';
import { installWatching } from './watching/transitions.ts';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
afterAll(() => postgres?.stop());

const fleet = { output: () => 'nothing', pages: () => Promise.resolve('nothing') };
const PERSON = '00000000-0000-4000-8000-000000000001';

test('a person and an answer of one transaction are tied, and of two are not', async () => {
  const pool = openPool(await postgres.newDatabase('links'), { max: 1 });
  await installWatching(pool);
  const person = `insert into conv.participation (person_id, consultation_id, state, joined_on)
                  values ('${PERSON}', gen_random_uuid(), 'done', current_date)`;
  const response = `insert into resp.response (consultation_id, release_period, answers, bands)
                    values (gen_random_uuid(), '2026-W40', '{}', '{}')`;
  await pool.query('set session_replication_role = replica');
  await pool.query(person);
  await pool.query(response);
  expect(await linksToPeople(pool)).toEqual([]);
  // Taken out again at once: the dead row still tells.
  await pool.query(`begin; ${response}; delete from conv.participation; commit`);
  expect(await linksToPeople(pool)).toEqual([{ of: 'conv.participation', rows: 1 }]);
  await pool.end();
});

test('a number that was printed is found, whoever it is of', async () => {
  const printing = { ...fleet, output: () => 'a text from 07700900017' };
  const where = { fleet: printing, postgres, ownFolders: [], since: Date.now(), areReleased: true };
  const { found } = await searchEverywhere('now', where);
  expect(found).toEqual(['a number as utf-8 in what was printed']);
});

test('an idea that was written down anywhere in the database is found', async () => {
  const pool = openPool(await postgres.newDatabase('canaries'), { max: 1 });
  const where = { fleet, postgres, ownFolders: [], since: Date.now(), areReleased: false };
  expect(await searchEverywhere('before', where)).toMatchObject({ found: [] });
  await pool.query('create table careless (words text)');
  await pool.query('insert into careless values ($1)', [`kestrel ${IN_EVERY_IDEA} bandstand`]);
  const { found } = await searchEverywhere('after', where);
  expect(found.join()).toMatch(/an idea as utf-8 in .*pg_wal/);
  await pool.end();
});

test.each([
  ['as it is stored', 'jsonb'],
  ['as it is written', 'text'],
])('a choice that was written down before its release is found, %s', async (_, type) => {
  const pool = openPool(await postgres.newDatabase(`choices_${type}`), { max: 1 });
  const where = { fleet, postgres, ownFolders: [], since: Date.now(), areReleased: false };
  await pool.query(`create table careless (answers ${type})`);
  await pool.query('insert into careless values ($1)', ['{"first":"ramp"}']);
  const { found } = await searchEverywhere('after', where);
  expect(found.join()).toMatch(/a choice as utf-8 in .*pg_wal/);
  const released = await searchEverywhere('after', { ...where, areReleased: true });
  expect(released.found.join()).not.toMatch(/a choice/);
  await pool.end();
});
