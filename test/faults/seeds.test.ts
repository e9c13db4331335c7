/** A run of nothing is green: what is no seed, and no number of seeds, must be refused. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { SEEDS_THAT_ALWAYS_RUN, seedsToRun } from './seeds.ts';

test('the fixed seeds run, or the first so many, or the one that is asked for', () => {
  expect(seedsToRun({})).toEqual({ kind: 'seeds', seeds: SEEDS_THAT_ALWAYS_RUN });
  expect(seedsToRun({ FAULT_SEEDS: '2' })).toEqual({ kind: 'seeds', seeds: [1, 2] });
  expect(seedsToRun({ FAULT_SEEDS: '2', FAULT_SEED: '77' })).toEqual({
    kind: 'seeds',
    seeds: [77],
  });
});

test.each(['0', 'x', '', '-1', '1.5', '1e3', '12345678901'])('%j is refused', (number) => {
  expect(seedsToRun({ FAULT_SEEDS: number })).toMatchObject({ kind: 'refused' });
  expect(seedsToRun({ FAULT_SEED: number })).toMatchObject({ kind: 'refused' });
});

test.each([
  { words: ['--seed', 'abc'], settings: {} },
  { words: ['--seed'], settings: {} },
  { words: [], settings: { FAULT_SEEDS: '0' } },
])('the command ends with 2 and says how it is used: $words $settings', ({ words, settings }) => {
  const { status, stderr } = spawnSync(process.execPath, ['test/faults/start.ts', ...words], {
    env: { ...process.env, FAULT_SEED: undefined, ...settings },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Usage:'),
  });
});
