import { describe, expect, test } from 'vitest';
import { isRateLimitRefusal } from '../../../src/partoo/responses/rate-limit-refusal.ts';

describe('a rate limit is recognized', () => {
  const says = (status: number, text: string) => {
    const json = text.startsWith('{') ? JSON.parse(text) : undefined;
    return isRateLimitRefusal(status, text, json);
  };

  test.each([
    [429, ''],
    [403, '{"error":"Rate limit exceeded"}'],
    [403, '{"error":{"authorization":"API rate limit exceeded for organization 12"}}'],
    [403, '{"error":{"code":403,"errors":[{"reason":"rateLimitExceeded"}]}}'],
    [403, '{"errors":[{"reason":"userRateLimitExceeded"}]}'],
    [400, '{"error":{"rate_limit":"Too many requests"}}'],
    [400, '{"message":"You have exceeded your request limit, try again later"}'],
    [403, '{"error":"TOO_MANY_REQUESTS"}'],
    [403, '{"detail":"Request was throttled. Expected available in 7 seconds."}'],
    [503, 'Too Many Requests'],
    [503, '<html><head><title>503</title></head><body><h1>You are being rate limited</h1></body></html>'],
  ])('in a %i with %s', (status, body) => {
    expect(says(status, body)).toBe(true);
  });

  test.each([
    [403, '{"error":{"authorization":"Operation not allowed"}}'],
    [400, '{"error":{"json":{"name":"Too many requests"}}}'],
    [400, '{"error":{"json":{"posts":{"message":"rate limit exceeded"}}}}'],
    [400, '{"message":"The name \\"Rate limit exceeded\\" is taken"}'],
    [400, '{"error":"The rate limit field is missing"}'],
    [404, '{"error":"Rate limit exceeded"}'],
    [500, '{"error":"Google: rate limit exceeded"}'],
    [403, `{"error":"Rate limit exceeded","text":"${'x'.repeat(2_000)}"}`],
    [403, ''],
  ])('not in a %i with %s', (status, body) => {
    expect(says(status, body)).toBe(false);
  });
});
