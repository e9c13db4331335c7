/**
 * Every fault of delivery, put into real processes, a real database and a provider over HTTP, by
 * seed. A seed that fails is named and can be run alone: npm run test:faults -- --seed N
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { run } from './run.ts';
import { seedsToRun } from './seeds.ts';

describe.skipIf(process.env['FAULT_BREAKAGES'])('with the program as it is', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await startOwnPostgres();
  });
  afterAll(() => postgres?.stop());

  test.each(seedsToRun(process.env))('seed %i: every promise holds', async (seed) => {
    const { story, whatIsBroken, untested } = await run(seed, postgres);
    console.log(story);
    const again = `npm run test:faults -- --seed ${seed}`;
    expect({ whatIsBroken, untested }, again).toEqual({ whatIsBroken: [], untested: [] });
  });
});
