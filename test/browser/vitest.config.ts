import { defineConfig } from 'vitest/config';

/** What people see and hear in a real browser: needs a Chromium (`CHROMIUM`, /usr/bin/chromium). */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/browser/**/*.test.ts'],
    // One browser at a time: pages share the machine with the browser that shows them.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
