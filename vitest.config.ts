import './src/node-version.cjs';
import { configDefaults, defineConfig } from 'vitest/config';
import { BROWSER_SUITE, SLOW_SUITE } from './test/support/slow-suite.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...SLOW_SUITE, ...BROWSER_SUITE],
    globalSetup: [
      'test/support/browser-setup.ts',
      'test/support/slow-suite-notice.ts',
      'test/support/redis-setup.ts',
    ],
    // Generous: how fast the machine is decides no test.
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
    // One environment per worker halves the CPU time of a run: each file else loads and compiles src anew.
    isolate: false,
    // Tests mostly wait: for a server to start, for a pause to end. One for each core would leave the cores idle.
    maxWorkers: 3,
  },
});
