/** The proof leaves nothing out: every table of the database has a line, and every line speaks of one. */
import { expect, test } from 'vitest';
import { retain, storesOf } from '../../src/app/retention.ts';
import { retentionOfThisFile } from './retention-stage.ts';

const { on, query } = await retentionOfThisFile();

async function tables(): Promise<readonly string[]> {
  const names = await query(
    `select schemaname || '.' || tablename from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker')
       and schemaname not like 'pg!_temp%' escape '!'`,
  );
  // Each batch has a table of its own.
  return [...new Set(names.map((name) => name.replace(/^(pool\.item)_[0-9a-f]{32}$/, '$1')))];
}

test('every table is in the proof, and nothing that is none', async () => {
  const spokenOf = new Set(storesOf(on.heard).flatMap((one) => one.tables));
  expect([...spokenOf].toSorted()).toEqual((await tables()).toSorted());
});

test('each line has a name of its own', () => {
  const names = storesOf(on.heard).map(({ store }) => store);
  expect(new Set(names).size).toBe(names.length);
});

test('one rule that fails leaves the others running, and stands in the proof', async () => {
  await query(`insert into conv.seen (id, day) values ('\\x01', '2020-01-01')`);
  const { pool } = on.heard.world;
  const told: string[] = [];
  const line = (message: string) => void told.push(message);
  const log = { debug: line, info: line, warn: line, error: line };
  await query('alter table conv.participation rename to participation_away');
  try {
    const { kept, failed } = await retain({ ...on.heard, log });
    expect(told).toEqual(['a retention rule failed', 'a retention rule failed']);
    expect(failed.map(({ store }) => store)).toEqual(['who took part', 'people, as opaque ids']);
    expect(kept).toHaveLength(storesOf(on.heard).length - 2);
    expect(kept.find(({ store }) => store.startsWith('marks of messages'))).toMatchObject({
      deleted: 1,
    });
  } finally {
    await pool.query('alter table conv.participation_away rename to participation');
  }
});
