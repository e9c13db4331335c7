/**
 * The two nights of the year on which the clocks change, and a machine whose clock is two hours off:
 * what Heard begins leaves only where the database's clock and the machine's allow it, and replies
 * always do.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { play } from './hours/night.ts';
import { NIGHTS } from './hours/nights.ts';
import { onlyInHours } from './hours/only-in-hours.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
afterAll(() => postgres?.stop());

test.each(Object.values(NIGHTS))('$name: only in hours, by both clocks', async (night) => {
  const { left, ...rest } = await play(night, postgres);
  expect(onlyInHours(left)).toEqual([]);
  expect(rest).toEqual({ leftOver: 0, unanswered: 0 });
});
