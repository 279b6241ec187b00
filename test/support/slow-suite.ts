/** Test files that start processes, wait out real timeouts, lose Redis, or load large tools. They run with `npm run test:slow`. */
export const SLOW_SUITE = [
  'test/slow/**/*.test.ts',
  'test/process/**/*.test.ts',
  'test/security/**/*.test.ts',
  'test/scenarios/**/*.test.ts',
  'test/{clients/{inspector,mcporter,mcp-remote},oauth/clients/{programs,replicas}}.test.ts',
  'test/deploy/build.test.ts',
  'test/doctor/mutations.test.ts',
  'test/http/{authentication/failed-authentication-throttle,guards/overload}.test.ts',
  'test/idempotency/{write-pause,replicas-lose-redis}.test.ts',
  'test/mcp/calls/limits.test.ts',
  'test/observability/{heap-snapshot,lost-traces,traces}.test.ts',
  'test/oauth/{hostile-input,store/lost-redis}.test.ts',
  'test/partoo/client/{faults,not-sent}.test.ts',
  'test/storage/redis/{faults,lost-redis}.test.ts',
];

/**
 * Test files that drive Chromium, which takes all cores: beside it, tests of timeouts fail. They run with `npm run test:browser`.
 */
export const BROWSER_SUITE = [
  'test/http/connect-page/browser/**/*.test.ts',
  'test/oauth/browser/**/*.test.ts',
  'test/views/**/*.test.ts',
];
