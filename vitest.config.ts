import { defineConfig } from 'vitest/config';

/** Browser tests live in test/browser and run by `npm run test:browser`, where a Chromium is. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    globalSetup: ['test/support/postgres-for-the-run.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
