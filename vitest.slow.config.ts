import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';
import { SLOW_SUITE } from './test/support/slow-suite.ts';

/** `npm run test:slow`: see test/support/slow-suite.ts. */
export default defineConfig({
  test: {
    include: SLOW_SUITE,
    globalSetup: ['test/support/browser-setup.ts', 'test/support/redis-setup.ts'],
    testTimeout: 150_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
    // Tests of one file wait out real timeouts side by side. More than this and the server of one file refuses as overloaded.
    maxConcurrency: 12,
    isolate: false,
    maxWorkers: 3,
  },
});
