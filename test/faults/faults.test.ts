/**
 * Every fault of delivery, put into real processes, a real database and a provider over HTTP, by
 * seed. A seed that fails is named and can be run alone: npm run test:faults -- --seed N
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { broken } from './invariants.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { run } from './run.ts';

const ALWAYS = 4;

const alone = process.env['FAULT_SEED'];
const count = Number(process.env['FAULT_SEEDS'] ?? ALWAYS);
const seeds =
  alone === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [Number(alone)];

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
afterAll(() => postgres?.stop());

test.each(seeds)('seed %i: nothing is lost, doubled, out of order or linked', async (seed) => {
  const { story, whatIsBroken } = await run(seed, postgres, broken);
  expect(whatIsBroken, `npm run test:faults -- --seed ${seed}\n${story.join('\n')}`).toEqual([]);
});
