import { defineConfig } from 'vitest/config';

/**
 * Files run in forked processes, two at a time (the reference machine has two cores). A story starts the whole
 * product, so its limit is generous; no test sleeps.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
});
