import { defineConfig } from 'vitest/config';

/** Tests that last over a minute, because that is how long the world outside takes to lose its patience. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    testTimeout: 150_000,
    hookTimeout: 60_000,
    // They wait, all at once.
    maxConcurrency: 20,
  },
});
