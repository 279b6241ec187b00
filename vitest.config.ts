import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**'],
    globalSetup: ['test/support/redis-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
