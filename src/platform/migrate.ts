/**
 * Brings the database to the schema of this release: plain SQL files, each applied once, in order,
 * in a transaction of its own, under a lock so that several nodes may start at once. A database that
 * is newer than this release, or a file that was edited after it was applied, is refused. Who
 * only looks (a command beside running nodes) changes nothing.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Queryable } from './postgres.ts';

export const migrationsFolder: string = join(import.meta.dirname, '..', '..', 'migrations');

export type Migrated =
  | { readonly kind: 'migrated'; readonly applied: readonly string[] }
  /** The database knows migrations that this release does not have: an older Heard must not run. */
  | { readonly kind: 'newer-schema'; readonly unknown: readonly string[] }
  | { readonly kind: 'edited'; readonly edited: readonly string[] }
  | { readonly kind: 'bad-files'; readonly problems: readonly string[] };

export type SchemaSeen =
  | Migrated
  /** Nobody has been at work on it. */
  | { readonly kind: 'empty' }
  /** Nodes of the release before may be at work on it. */
  | { readonly kind: 'older-schema'; readonly missing: readonly string[] };

export async function migrate(pool: Pool, folder: string = migrationsFolder): Promise<Migrated> {
  const read = await readMigrations(folder);
  if (read.kind === 'bad-files') return read;
  const client = await pool.connect();
  try {
    // A large table takes longer than a request may, and so does waiting for the node that is at it.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await applyMissing(client, read.migrations);
  } finally {
    // The lock and the patience go with the connection.
    client.release(true);
  }
}

export async function lookAtSchema(
  pool: Pool,
  folder: string = migrationsFolder,
): Promise<SchemaSeen> {
  const read = await readMigrations(folder);
  if (read.kind === 'bad-files') return read;
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  );
  const applied = rows[0]?.there ? await appliedTo(pool) : [];
  if (applied.length === 0) return { kind: 'empty' };
  const compared = compare(applied, read.migrations);
  if (compared.kind !== 'fits') return compared;
  const missing = compared.missing.map(({ file }) => file);
  return missing.length > 0 ? { kind: 'older-schema', missing } : { kind: 'migrated', applied: [] };
}

/** What to tell the operator; undefined when the database is ready. */
export function migrationProblem(
  migrated: Exclude<SchemaSeen, { kind: 'empty' }>,
): string | undefined {
  switch (migrated.kind) {
    case 'migrated':
      return undefined;
    case 'older-schema':
      return `The database is not at this release yet (it lacks ${migrated.missing.join(', ')}). Start a node of this release first: heard start brings it up to date.`;
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
  client: Queryable,
  migrations: readonly Migration[],
): Promise<Migrated> {
  await client.query(`
    create schema if not exists platform;
    create table if not exists platform.migration (
      number integer primary key,
      file text not null,
      checksum text not null
    )`);
  const compared = compare(await appliedTo(client), migrations);
  if (compared.kind !== 'fits') return compared;
  for (const migration of compared.missing) await apply(client, migration);
  return { kind: 'migrated', applied: compared.missing.map(({ file }) => file) };
}

type Applied = Omit<Migration, 'sql'>;

async function appliedTo(db: Queryable): Promise<readonly Applied[]> {
  const { rows } = await db.query<Applied>(
    'select number, file, checksum from platform.migration order by number',
  );
  return rows;
}

type Compared =
  | { readonly kind: 'fits'; readonly missing: readonly Migration[] }
  | Extract<Migrated, { kind: 'newer-schema' | 'edited' }>;

function compare(applied: readonly Applied[], migrations: readonly Migration[]): Compared {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  const unknown = applied.filter(({ number }) => !known.has(number)).map(({ file }) => file);
  if (unknown.length > 0) return { kind: 'newer-schema', unknown };
  const edited = applied
    .filter(({ number, checksum }) => known.get(number)?.checksum !== checksum)
    .map(({ file }) => file);
  if (edited.length > 0) return { kind: 'edited', edited };
  const done = new Set(applied.map(({ number }) => number));
  return { kind: 'fits', missing: migrations.filter(({ number }) => !done.has(number)) };
}

async function apply(client: Queryable, migration: Migration): Promise<void> {
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
