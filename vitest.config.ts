import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**'],
    globalSetup: ['test/support/redis-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Tests mostly wait: for a server to start, for a pause to end. One for each core would leave the cores idle.
    maxWorkers: 3,
  },
});
