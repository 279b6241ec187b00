import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';

/** Tests that wait for long, because that is how long the world outside takes to lose its patience, or try often. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    testTimeout: 150_000,
    hookTimeout: 60_000,
    // They wait, all at once.
    maxConcurrency: 20,
  },
});
