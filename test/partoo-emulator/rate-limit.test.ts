import { describe, expect, test } from 'vitest';
import { createRateLimit } from '../../src/partoo-emulator/http/rate-limit.ts';
import { start } from './start.ts';

describe('the rate limit', () => {
  test('refuses with 429 and a Retry-After of 60 seconds', async () => {
    const { get } = await start({ rateLimitPerMinute: 2 });
    await get('/user/me');
    await get('/user/me', 'demo-manager');
    const refused = await get('/user/me', 'demo-colleague');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
  });

  test('is per organization', async () => {
    const { get } = await start({ rateLimitPerMinute: 1 });
    await get('/user/me');
    expect((await get('/user/me')).status).toBe(429);
    expect((await get('/user/me', 'demo-other')).status).toBe(200);
  });

  test('does not count requests with a wrong key', async () => {
    const { get } = await start({ rateLimitPerMinute: 1 });
    for (let i = 0; i < 3; i++) expect((await get('/user/me', 'demo-revoked')).status).toBe(401);
    expect((await get('/user/me')).status).toBe(200);
  });
});

describe('the window of the rate limit', () => {
  test('slides by 60 seconds and does not count refusals', () => {
    const limit = createRateLimit(2, 'exact');
    expect(limit.take(1, 0)).toBeUndefined();
    expect(limit.take(1, 30_000)).toBeUndefined();
    expect(limit.take(1, 31_000)).toEqual({ retryAfterSeconds: 29 });
    expect(limit.take(1, 59_999)).toEqual({ retryAfterSeconds: 1 });
    expect(limit.take(1, 60_000)).toBeUndefined();
    expect(limit.take(1, 60_001)).toEqual({ retryAfterSeconds: 30 });
  });
});
