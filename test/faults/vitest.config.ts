import { defineConfig } from 'vitest/config';

/** Faults put into real processes, one seed after the other: `npm run test:faults`. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/faults/**/*.test.ts'],
    // Asked to break the program on purpose, it does not also run it as it is.
    exclude: process.env['FAULT_BREAKAGES']
      ? ['test/faults/faults.test.ts', 'test/faults/hours.test.ts']
      : [],
    fileParallelism: false,
    testTimeout: process.env['FAULT_BREAKAGES'] ? 540_000 : 370_000,
    hookTimeout: 60_000,
  },
});
