/**
 * `npm run test:faults`: with `--seed N` that one seed, with `--breakages` the program broken on
 * purpose, else as many seeds as FAULT_SEEDS says. Anything else is for vitest. Asked for seeds that
 * are none, it says so and ends with 2.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { seedsToRun } from './seeds.ts';

const { values, tokens } = parseArgs({
  options: { seed: { type: 'string' }, breakages: { type: 'boolean' } },
  strict: false,
  allowPositionals: true,
  tokens: true,
});
const ours = new Set(
  tokens.flatMap((token) => {
    if (token.kind !== 'option') return [];
    if (token.name === 'breakages') return [token.index];
    if (token.name !== 'seed') return [];
    return [token.index, ...(token.inlineValue === false ? [token.index + 1] : [])];
  }),
);
const environment = {
  ...process.env,
  // Without a value it is no seed either.
  ...(values.seed === undefined ? {} : { FAULT_SEED: String(values.seed) }),
  ...(values.breakages === true ? { FAULT_BREAKAGES: '1' } : {}),
};
const asked = seedsToRun(environment);
if (asked.kind === 'refused') {
  console.error(`${asked.reason}\nUsage: npm run test:faults -- [--seed N] [--breakages]`);
  process.exitCode = 2;
} else {
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'test/faults/vitest.config.ts',
      ...process.argv.slice(2).filter((_, at) => !ours.has(at)),
    ],
    { stdio: 'inherit', env: environment },
  );
  process.exitCode = status ?? 1;
}
