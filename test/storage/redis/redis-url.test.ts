import { describe, expect, test } from 'vitest';
import { parseRedisUrl, redisNodes } from '../../../src/storage/redis/redis-url.ts';

describe('REDIS_URL', () => {
  test.each(['redis://localhost:6379', 'redis://:secret@host/2', 'rediss://user:a%40b@host:6380/0?family=6'])(
    '%s is a single server, parsed by ioredis',
    url => {
      expect(parseRedisUrl(url)).toEqual({ kind: 'single', url });
    },
  );

  test('a cluster is given by some of its nodes', () => {
    expect(parseRedisUrl('redis+cluster://me:p%40ss@a:7001,b,[::1]:7003')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 7001 },
        { host: 'b', port: 6379 },
        { host: '::1', port: 7003 },
      ],
      name: 'mymaster',
      options: { username: 'me', password: 'p@ss' },
    });
  });

  test('a master behind sentinels, over TLS', () => {
    expect(parseRedisUrl('rediss+sentinel://:s3cret@a,b:26380/main')).toEqual({
      kind: 'sentinel',
      nodes: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 26380 },
      ],
      name: 'main',
      options: { password: 's3cret', tls: {} },
    });
  });

  test.each([
    ['redis://:p@ss@localhost', 6379],
    ['rediss+sentinel://me:p@ss/w@localhost', 26379],
  ])('%s: an @ in the password does not end it', (url, port) => {
    expect(redisNodes(url).nodes).toEqual([{ host: 'localhost', port }]);
  });

  test.each([
    'localhost:6379',
    'redis://',
    'http://host',
    'redis://a,b',
    'redis+cluster://a:b:c',
    'redis+cluster://u:%zz@a',
    'redis+cluster://a?db=2',
    'redis://h:99999',
    'redis+cluster://h:99999',
    'redis+cluster://a,b/1',
  ])('%s is rejected', url => {
    expect(() => parseRedisUrl(url)).toThrow();
  });
});
