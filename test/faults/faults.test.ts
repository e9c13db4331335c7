/**
 * Every fault of delivery, put into real processes, a real database and a provider over HTTP, by
 * seed. A seed that fails is named and can be run alone: npm run test:faults -- --seed N
 */
import { describe, expect, test } from 'vitest';
import { startOwnPostgres } from './own-postgres.ts';
import { run } from './run.ts';
import { seedsToRun } from './seeds.ts';

const asked = seedsToRun(process.env);
if (asked.kind === 'refused') throw new Error(asked.reason);

describe('with the program as it is', () => {
  const happened = new Set<string>();
  const missedBy = new Map<string, number>();

  const play = async (seed: number): Promise<void> => {
    const { story, whatIsBroken, untested, planned } = await inPostgresOfItsOwn(seed);
    console.log(story);
    for (const fault of untested) missedBy.set(fault, seed);
    for (const fault of planned) if (!untested.includes(fault)) happened.add(fault);
    expect(whatIsBroken, `npm run test:faults -- --seed ${seed}`).toEqual([]);
  };
  const missed = () => [...missedBy].filter(([fault]) => !happened.has(fault));

  test.each(asked.seeds)('seed %i: every promise holds', play);

  // Chance may leave one seed no room for a fault; then another of the same run must have had it, or
  // the same seed when it is played once more.
  test('every fault that was planned has really happened', async () => {
    for (const seed of new Set(missed().map(([, by]) => by))) await play(seed);
    expect(missed().map(([fault]) => fault)).toEqual([]);
  });
});

/** In the log of writes of another run stands what that run has released. */
async function inPostgresOfItsOwn(seed: number): ReturnType<typeof run> {
  const postgres = await startOwnPostgres();
  try {
    return await run(seed, postgres);
  } finally {
    await postgres.stop();
  }
}
