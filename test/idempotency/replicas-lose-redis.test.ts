import { describe, expect, inject, test } from 'vitest';
import { connectPlain } from '../support/clients.ts';
import { startRedis } from '../support/redis-process.ts';
import { startPair, startServer } from '../support/start.ts';

const LIMIT = 60;

// Where there is a cluster, there is a redis-server to start.
describe.skipIf(!inject('redisClusterUrl'))('two replicas of which one used 50 of 60 and the other 9', () => {
  test.each([
    { order: 'the busy one first', first: 50, last: 9 },
    { order: 'the busy one last', first: 9, last: 50 },
    { order: 'the other not at all', first: 0, last: 59 },
  ])(
    'send no more than 60 in a minute when Redis dies: $order',
    async ({ first, last }) => {
      const redis = await startRedis();
      const env = {
        REDIS_URL: redis.url,
        REPLICAS_HINT: '2',
        RATE_LIMIT_PER_MINUTE: `${LIMIT}`,
        RATE_LIMIT_MAX_WAIT_MS: '0',
        KEY_HASH_SECRET: 'for the tests, of 32 characters.',
      };
      const pair = await startPair(env);
      const other = await startServer(`${pair.partoo.app.listeningOrigin}/v2`, env);
      let page = 0;
      const call = async (url: string, times: number) => {
        const client = await connectPlain(url, { 'x-APIKey': 'demo-admin' });
        const pages = Array.from({ length: times }, () => 1 + (page++ % 90));
        await Promise.all(
          pages.map(page => client.call('get_review_metrics', { metrics: 'reviews_count', page })),
        );
      };
      // One of them is the look-up of the key's organization.
      await call(pair.url, Math.max(0, first - 1));
      await call(other.url, first > 0 ? last : last - 1);
      expect(pair.partoo.requests).toHaveLength(59);
      await redis.kill();
      await Promise.all([call(pair.url, 40), call(other.url, 40)]);
      expect(pair.partoo.requests.length).toBeLessThanOrEqual(LIMIT);
      await Promise.all([pair.close(), other.close()]);
      await redis.stop();
    },
    60_000,
  );
});
