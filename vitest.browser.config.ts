import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';
import { BROWSER_SUITE } from './test/support/slow-suite.ts';

/** `npm run test:browser`: see test/support/slow-suite.ts. */
export default defineConfig({
  test: {
    include: BROWSER_SUITE,
    globalSetup: ['test/support/browser-setup.ts', 'test/support/redis-setup.ts'],
    testTimeout: 150_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
    isolate: false,
    maxWorkers: 2,
  },
});
