import { describe, expect, test } from 'vitest';
import { createRateLimit } from '../../src/partoo-emulator/rate-limit.ts';
import { start } from './start.ts';

describe('over HTTP', () => {
  test('an organization over its limit is refused with 429 and told to wait 60 seconds', async () => {
    const { get } = await start({ rateLimitPerMinute: 2 });
    await get('/user/me');
    await get('/user/me', 'demo-manager');
    const refused = await get('/user/me', 'demo-colleague');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
  });

  test('another organization has its own', async () => {
    const { get } = await start({ rateLimitPerMinute: 1 });
    await get('/user/me');
    expect((await get('/user/me')).status).toBe(429);
    expect((await get('/user/me', 'demo-other')).status).toBe(200);
  });

  test('a request with a wrong key does not count', async () => {
    const { get } = await start({ rateLimitPerMinute: 1 });
    for (let i = 0; i < 3; i++) expect((await get('/user/me', 'demo-revoked')).status).toBe(401);
    expect((await get('/user/me')).status).toBe(200);
  });
});

describe('the window', () => {
  test('slides: a slot is free 60 seconds after it was taken, and refusals take none', () => {
    const limit = createRateLimit(2, 'exact');
    expect(limit.take(1, 0)).toBeUndefined();
    expect(limit.take(1, 30_000)).toBeUndefined();
    expect(limit.take(1, 31_000)).toEqual({ retryAfterSeconds: 29 });
    expect(limit.take(1, 59_999)).toEqual({ retryAfterSeconds: 1 });
    expect(limit.take(1, 60_000)).toBeUndefined();
    expect(limit.take(1, 60_001)).toEqual({ retryAfterSeconds: 30 });
  });
});
