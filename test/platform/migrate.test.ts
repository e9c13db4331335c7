import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  lookAtSchema,
  migrate,
  migrationProblem,
  migrationsFolder,
} from '../../src/platform/migrate.ts';
import { openPool } from '../../src/platform/postgres.ts';
import { emptyDatabase, freshDatabase } from '../support/fresh-database.ts';
import { startNode, temporaryFolder } from '../support/processes.ts';

test('a fresh database has every table of the first migration', async () => {
  await using db = await freshDatabase();
  const { rows } = await db.pool.query('select count(*)::int as n from conv.person');
  expect(rows).toEqual([{ n: 0 }]);
});

test('several nodes that start at once apply each migration once', async () => {
  await using db = await emptyDatabase();
  const script = join(import.meta.dirname, 'processes', 'migrate.ts');
  const nodes = [1, 2, 3, 4].map(() => startNode([script, db.url]));
  const lines = await Promise.all(nodes.map((node) => node.line()));
  for (const { code, errors } of await Promise.all(nodes.map(({ ended }) => ended))) {
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  }
  const applied = lines
    .map((line): number => JSON.parse(line ?? '').applied.length)
    .sort((a, b) => a - b);
  expect(applied.slice(0, 3)).toEqual([0, 0, 0]);
  expect(applied[3]).toBeGreaterThan(0);
});

test('a database that a newer release set up is refused', async () => {
  await using db = await freshDatabase();
  await db.pool.query("insert into platform.migration values (999999, '999999_later.sql', '')");
  const migrated = await migrate(db.pool);
  expect(migrated).toEqual({ kind: 'newer-schema', unknown: ['999999_later.sql'] });
  expect(migrationProblem(migrated)).toMatch(/newer release of Heard/);
});

test('a migration that was edited after it was applied is refused', async () => {
  await using db = await freshDatabase();
  using folder = temporaryFolder();
  cpSync(migrationsFolder, folder.path, { recursive: true });
  writeFileSync(join(folder.path, '000001_first_tables.sql'), 'select 1');
  const migrated = await migrate(db.pool, folder.path);
  expect(migrated).toEqual({ kind: 'edited', edited: ['000001_first_tables.sql'] });
});

test('who only looks is told what is missing, and changes nothing', async () => {
  await using db = await emptyDatabase();
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, '000001_a.sql'), 'create table a (n int)');
  expect(await lookAtSchema(db.pool, folder.path)).toEqual({ kind: 'empty' });
  const { rows } = await db.pool.query("select to_regnamespace('platform') is null as untouched");
  expect(rows).toEqual([{ untouched: true }]);
  await migrate(db.pool, folder.path);
  expect(await lookAtSchema(db.pool, folder.path)).toEqual({ kind: 'migrated', applied: [] });
  writeFileSync(join(folder.path, '000002_b.sql'), 'create table b (n int)');
  const seen = await lookAtSchema(db.pool, folder.path);
  expect(seen).toEqual({ kind: 'older-schema', missing: ['000002_b.sql'] });
});

test('a migration may take longer than a request, whose limit stays as it was', async () => {
  await using db = await emptyDatabase();
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, '000001_slow.sql'), 'select pg_sleep(1)');
  const pool = openPool(db.url, { max: 1, statementTimeoutMs: 500 });
  expect(await migrate(pool, folder.path)).toMatchObject({ kind: 'migrated' });
  const { rows } = await pool.query('show statement_timeout');
  expect(rows).toEqual([{ statement_timeout: '500ms' }]);
  await pool.end();
});

test('a migration that fails leaves nothing behind, and its neighbours stay applied', async () => {
  await using db = await emptyDatabase();
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, '000001_good.sql'), 'create table good (n int)');
  writeFileSync(join(folder.path, '000002_bad.sql'), 'create table half (n int); select nonsense');
  await expect(migrate(db.pool, folder.path)).rejects.toThrow('000002_bad.sql failed');
  const { rows } = await db.pool.query(
    "select to_regclass('good') is not null as good, to_regclass('half') is not null as half",
  );
  expect(rows).toEqual([{ good: true, half: false }]);
  writeFileSync(join(folder.path, '000002_bad.sql'), 'create table half (n int)');
  expect(await migrate(db.pool, folder.path)).toEqual({
    kind: 'migrated',
    applied: ['000002_bad.sql'],
  });
});

test('files with a wrong name or the same number are all named before anything is applied', async () => {
  await using db = await emptyDatabase();
  using folder = temporaryFolder();
  for (const file of ['000001_a.sql', '000001_b.sql', '2_c.sql']) {
    writeFileSync(join(folder.path, file), 'create table never (n int)');
  }
  expect(await migrate(db.pool, folder.path)).toEqual({
    kind: 'bad-files',
    problems: ['2_c.sql is not named NNNNNN_name.sql', 'two files have the number 1'],
  });
});
