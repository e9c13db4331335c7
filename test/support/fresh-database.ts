/** A new, migrated and empty database for each caller, copied from the run's template. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openPool } from '../../src/platform/postgres.ts';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  end(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function freshDatabase(): Promise<TestDatabase> {
  return databaseFrom('template_heard');
}

/** Without any of our tables: for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return databaseFrom('template1');
}

/** As it is now, for a test that goes back to it. Nothing may be connected to it. */
export async function backupOf({ url }: TestDatabase): Promise<TestDatabase> {
  return databaseFrom(new URL(url).pathname.slice(1));
}

async function databaseFrom(template: string): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl');
  const name = `t_${randomBytes(8).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template ${template}`);
  const url = adminUrl.replace('/postgres?', `/${name}?`);
  const pool = openPool(url, { max: 10 });
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= pool.end().then(() => asAdmin(adminUrl, `drop database ${name} with (force)`));
    return ended;
  };
  return { url, pool, end, [Symbol.asyncDispose]: end };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
