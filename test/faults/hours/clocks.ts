/**
 * The clocks of a run that takes place on another day: the database's, and with it those of all
 * machines, which read theirs from a file. They go on from where they are put.
 */
import { renameSync, writeFileSync } from 'node:fs';
import type { Pool } from 'pg';

export interface Clocks {
  readonly put: (to: Date) => Promise<void>;
  /** What the database's clock shows. */
  readonly now: () => Date;
}

/** Before any machine connects: what it asks for the time is then found here first. */
export async function installClocks(pool: Pool, file: string): Promise<Clocks> {
  await pool.query(INSTALL);
  let offMs = 0;
  return {
    put: async (to) => {
      offMs = to.getTime() - Date.now();
      await pool.query(`update clock.off set by = $1::bigint * interval '1 ms'`, [offMs]);
      writeFileSync(`${file}.new`, String(offMs));
      renameSync(`${file}.new`, file);
    },
    now: () => new Date(Date.now() + offMs),
  };
}

const INSTALL = `
  create schema clock;
  create table clock.off (by interval);
  insert into clock.off values ('0');
  create function clock.clock_timestamp() returns timestamptz volatile language sql as
    'select pg_catalog.clock_timestamp() + by from clock.off';
  do $$ begin
    execute format('alter database %I set search_path = clock, pg_catalog, public', current_database());
  end $$`;
