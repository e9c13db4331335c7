/**
 * `npm run test:faults`: with `--seed N` that one seed, else as many as FAULT_SEEDS says. Anything
 * else is for vitest.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, tokens } = parseArgs({
  options: { seed: { type: 'string' } },
  strict: false,
  allowPositionals: true,
  tokens: true,
});
const ours = new Set(
  tokens.flatMap((token) =>
    token.kind === 'option' && token.name === 'seed'
      ? [token.index, ...(token.inlineValue === false ? [token.index + 1] : [])]
      : [],
  ),
);
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/faults/vitest.config.ts',
    ...process.argv.slice(2).filter((_, at) => !ours.has(at)),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(typeof values.seed === 'string' ? { FAULT_SEED: values.seed } : {}),
    },
  },
);
process.exitCode = status ?? 1;
