import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';

/** Apart from the others: takes a real Prometheus and a minute of real time. */
export default defineConfig({
  test: { include: ['test/prometheus/*.check.ts'], testTimeout: 20_000, hookTimeout: 90_000 },
});
