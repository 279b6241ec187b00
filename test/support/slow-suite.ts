/**
 * Test files that start processes, wait out real timeouts, or load large tools. They run with `npm run test:slow`, and in CI.
 * `npm test` is for every commit, and takes less than two minutes on two cores without them.
 */
export const SLOW_SUITE = [
  'test/slow/**/*.test.ts',
  'test/process/**/*.test.ts',
  'test/clients/{bearer,inspector,mcp-remote,mcporter,typescript-sdk,vercel-ai-sdk}.test.ts',
  'test/deploy/build.test.ts',
  'test/http/guards/overload.test.ts',
  'test/idempotency/{replicas-lose-redis,write-pause}.test.ts',
  'test/mcp/calls/limits.test.ts',
  'test/observability/{heap-snapshot,traces}.test.ts',
  'test/partoo/client/{faults,not-sent}.test.ts',
  'test/partoo/keys/unknown-organizations.test.ts',
  'test/scenarios/*.test.ts',
  'test/security/{canary,hostile-clients,upstream}.test.ts',
  'test/storage/redis/{faults,lost-redis}.test.ts',
];
