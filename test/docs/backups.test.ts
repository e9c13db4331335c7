/** What the operating guide copies is everything: a schema that it forgets is lost in a restore. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';

/** The jobs' own schema is made anew by itself. */
const MADE_ANEW = ['public', 'graphile_worker'];

test('every schema is in one of the two backups', async () => {
  await using db = await freshDatabase();
  const { rows } = await db.pool.query<{ name: string }>(
    `select nspname as name from pg_namespace
     where nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  const names = rows.map(({ name }) => name).filter((name) => !MADE_ANEW.includes(name));
  const guide = await readFile('docs/operating.md', 'utf8');
  const copied = [...guide.matchAll(/--schema=([a-z_]+)/g)].map((match) => match[1]);
  expect(new Set(copied)).toEqual(new Set(names));
  expect(copied).toHaveLength(names.length);
});
