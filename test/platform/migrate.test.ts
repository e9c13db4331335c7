import { expect, test } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';

test('a fresh database has every table of the first migration', async () => {
  await using db = await freshDatabase();
  const { rows } = await db.pool.query('select count(*)::int as n from conv.person');
  expect(rows).toEqual([{ n: 0 }]);
});
