import { defineConfig } from 'vitest/config';

/**
 * Apart from these: test/browser by `npm run test:browser`, where a Chromium is; test/faults, which
 * kills processes for minutes, by `npm run test:faults`.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/faults/**', 'node_modules/**'],
    globalSetup: ['test/support/postgres-for-the-run.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
