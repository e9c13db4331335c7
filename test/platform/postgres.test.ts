import { expect, test } from 'vitest';
import {
  CODES,
  hasCode,
  openPool,
  type Queryable,
  transaction,
} from '../../src/platform/postgres.ts';
import { checkServer } from '../../src/platform/server-check.ts';
import { freshDatabase } from '../support/fresh-database.ts';

test('a transaction that throws leaves nothing and gives its connection back', async () => {
  await using db = await freshDatabase();
  await db.pool.query('create table public.kept (n int primary key)');
  await transaction(db.pool, (tx) => tx.query('insert into public.kept values (1)'));
  const failing = transaction(db.pool, async (tx) => {
    await tx.query('insert into public.kept values (2)');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  const { rows } = await db.pool.query('select n from public.kept');
  expect(rows).toEqual([{ n: 1 }]);
  expect(db.pool.idleCount).toBe(db.pool.totalCount);
});

test('a connection that broke in a transaction is not given to the next caller', async () => {
  await using db = await freshDatabase();
  const pool = openPool(db.url, { max: 1 });
  const broken = transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await tx.query('select 1');
  });
  await expect(broken).rejects.toThrow();
  expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await pool.end();
});

test('errors are told apart by their code', async () => {
  await using db = await freshDatabase();
  const error: unknown = await db.pool.query('select * from nowhere').catch((e: unknown) => e);
  expect(hasCode(error, CODES.undefinedTable)).toBe(true);
  expect(hasCode(error, CODES.uniqueViolation)).toBe(false);
  expect(hasCode('23505', CODES.uniqueViolation)).toBe(false);
});

test('the embedded server has nothing to warn of but what tests leave out for speed', async () => {
  await using db = await freshDatabase();
  expect(await checkServer(db.pool)).toEqual({
    kind: 'usable',
    warnings: [expect.stringContaining("SET fsync = 'on'")],
  });
});

test('a server that keeps commit times is refused, one that logs values is warned of', async () => {
  const saying = (settings: Record<string, string>): Queryable => ({
    query: async () =>
      ({ rows: Object.entries(settings).map(([name, setting]) => ({ name, setting })) }) as never,
  });
  const version = { server_version_num: '180004' };
  expect(await checkServer(saying({ ...version, track_commit_timestamp: 'on' }))).toEqual({
    kind: 'unusable',
    problems: [expect.stringContaining('track_commit_timestamp = off')],
  });
  expect(await checkServer(saying({ server_version_num: '140000' }))).toMatchObject({
    kind: 'unusable',
  });
  expect(await checkServer(saying({ ...version, synchronous_commit: 'off' }))).toEqual({
    kind: 'usable',
    warnings: [expect.stringContaining("SET synchronous_commit = 'on'")],
  });
  expect(
    await checkServer(saying({ ...version, track_commit_timestamp: 'off', log_statement: 'all' })),
  ).toEqual({
    kind: 'usable',
    warnings: [expect.stringContaining("ALTER SYSTEM SET log_statement = 'none'")],
  });
});
