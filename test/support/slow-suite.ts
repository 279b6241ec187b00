/** Test files that start processes, wait out real timeouts, or load large tools. They run with `npm run test:slow`. */
export const SLOW_SUITE = [
  'test/slow/**/*.test.ts',
  'test/process/**/*.test.ts',
  'test/clients/{inspector,mcporter}.test.ts',
  'test/deploy/build.test.ts',
  'test/observability/heap-snapshot.test.ts',
  'test/scenarios/only-talks.test.ts',
];
