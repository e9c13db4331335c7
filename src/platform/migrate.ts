/**
 * Brings the database to the schema of this release: plain SQL files, each applied once, in order,
 * in a transaction of its own, under a lock so that several nodes may start at once. A database that
 * is newer than this release, or a file that was edited after it was applied, is refused.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, Pool, PoolClient } from 'pg';

export const migrationsFolder: string = join(import.meta.dirname, '..', '..', 'migrations');

export type Migrated =
  | { readonly kind: 'migrated'; readonly applied: readonly string[] }
  /** The database knows migrations that this release does not have: an older Heard must not run. */
  | { readonly kind: 'newer-schema'; readonly unknown: readonly string[] }
  | { readonly kind: 'edited'; readonly edited: readonly string[] }
  | { readonly kind: 'bad-files'; readonly problems: readonly string[] };

export async function migrate(pool: Pool, folder: string = migrationsFolder): Promise<Migrated> {
  const read = await readMigrations(folder);
  if (read.kind === 'bad-files') return read;
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      return await applyMissing(client, read.migrations);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    client.release();
  }
}

/** What to tell the operator; undefined when the database is ready. */
export function migrationProblem(migrated: Migrated): string | undefined {
  switch (migrated.kind) {
    case 'migrated':
      return undefined;
    case 'newer-schema':
      return `The database was set up by a newer release of Heard (it has ${migrated.unknown.join(', ')}). Start that release or a later one.`;
    case 'edited':
      return `These migrations were changed after the database had applied them: ${migrated.edited.join(', ')}. Put the files back as they were.`;
    case 'bad-files':
      return `The migrations cannot be used: ${migrated.problems.join('; ')}.`;
  }
}

const MIGRATION_LOCK = 4_815_001;

interface Migration {
  readonly number: number;
  readonly file: string;
  readonly sql: string;
  readonly checksum: string;
}

type ReadMigrations =
  | { readonly kind: 'read'; readonly migrations: readonly Migration[] }
  | { readonly kind: 'bad-files'; readonly problems: readonly string[] };

async function readMigrations(folder: string): Promise<ReadMigrations> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const wellNamed = files.filter((file) => /^\d{6}_[a-z0-9_]+\.sql$/.test(file));
  const numbers = wellNamed.map((file) => Number(file.slice(0, 6)));
  const problems = [
    ...files
      .filter((file) => !wellNamed.includes(file))
      .map((file) => `${file} is not named NNNNNN_name.sql`),
    ...numbers
      .filter((number, index) => numbers.indexOf(number) !== index)
      .map((number) => `two files have the number ${number}`),
  ];
  if (problems.length > 0) return { kind: 'bad-files', problems };
  const migrations = await Promise.all(
    files.map(async (file) => {
      // Line endings may change on the way through git without changing the migration.
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(file.slice(0, 6)), file, sql, checksum };
    }),
  );
  return { kind: 'read', migrations };
}

async function applyMissing(
  client: PoolClient | Client,
  migrations: readonly Migration[],
): Promise<Migrated> {
  await client.query(`
    create schema if not exists platform;
    create table if not exists platform.migration (
      number integer primary key,
      file text not null,
      checksum text not null
    )`);
  const { rows } = await client.query<{ number: number; file: string; checksum: string }>(
    'select number, file, checksum from platform.migration order by number',
  );
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  const unknown = rows.filter(({ number }) => !known.has(number)).map(({ file }) => file);
  if (unknown.length > 0) return { kind: 'newer-schema', unknown };
  const edited = rows
    .filter(({ number, checksum }) => known.get(number)?.checksum !== checksum)
    .map(({ file }) => file);
  if (edited.length > 0) return { kind: 'edited', edited };
  const done = new Set(rows.map(({ number }) => number));
  const missing = migrations.filter(({ number }) => !done.has(number));
  for (const migration of missing) await apply(client, migration);
  return { kind: 'migrated', applied: missing.map(({ file }) => file) };
}

async function apply(client: PoolClient | Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query(
      'insert into platform.migration (number, file, checksum) values ($1, $2, $3)',
      [migration.number, migration.file, migration.checksum],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`The migration ${migration.file} failed`, { cause });
  }
}
