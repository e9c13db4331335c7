/** No fault is in the list and in none of the runs that everybody makes. */
import { expect, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { planFor, plannedFaults } from './seed-plan.ts';
import { SEEDS_THAT_ALWAYS_RUN } from './seeds.ts';

test('the seeds that always run plan every fault', () => {
  const planned = new Set(
    SEEDS_THAT_ALWAYS_RUN.flatMap((seed) => [...plannedFaults(planFor(seed))]),
  );
  expect(FAULTS.filter((fault) => !planned.has(fault))).toEqual([]);
});

test('what dies while it sends is a machine that sends', () => {
  for (const seed of Array.from({ length: 20 }, (_, at) => at)) {
    const { roles, diesAt, patient } = planFor(seed);
    expect([roles[diesAt.machine], roles[patient]]).not.toContain('web');
  }
});
