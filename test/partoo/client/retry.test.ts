import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedToWaitMs, MAX_ATTEMPTS, retryDelayMs } from '../../../src/partoo/client/retry.ts';
import type { Attempt } from '../../../src/partoo/client/transport.ts';
import { isRateLimitRefusal } from '../../../src/partoo/responses/rate-limit-refusal.ts';
import { retryAfterMs } from '../../../src/partoo/responses/retry-after.ts';

const answered = (status: number, retryAfter?: number): Attempt => ({
  kind: 'answered',
  status,
  json: undefined,
  retryAfterMs: retryAfter,
});
const lost: Attempt = { kind: 'lost', timedOut: false, cause: undefined };
const notSent: Attempt = { kind: 'not_sent', cause: undefined };

const anyAttempt = fc.oneof(
  fc.constant(lost),
  fc.constant(notSent),
  fc
    .record({
      status: fc.integer({ min: 300, max: 599 }),
      after: fc.option(fc.nat(100_000), { nil: undefined }),
    })
    .map(({ status, after }) => answered(status, after)),
);
const anyQuestion = fc.record({
  attempt: anyAttempt,
  number: fc.integer({ min: 1, max: 6 }),
  idempotent: fc.boolean(),
  timeLeftMs: fc.integer({ min: 0, max: 100_000 }),
});

describe('the decision to send again', () => {
  test('never repeats a write that may have happened', () => {
    fc.assert(
      fc.property(anyQuestion, question => {
        const delay = retryDelayMs({ ...question, idempotent: false });
        const certainlyNotDone =
          question.attempt.kind === 'not_sent' ||
          (question.attempt.kind === 'answered' && question.attempt.status === 429);
        if (!certainlyNotDone) expect(delay).toBeUndefined();
      }),
    );
  });

  test('never comes back before a Retry-After, never after the deadline, never a fifth time', () => {
    fc.assert(
      fc.property(anyQuestion, question => {
        const delay = retryDelayMs(question);
        if (delay === undefined) return;
        expect(question.number).toBeLessThan(MAX_ATTEMPTS);
        expect(delay).toBeLessThan(question.timeLeftMs);
        // For a 429 the limiter does the waiting.
        if (question.attempt.kind === 'answered' && question.attempt.status === 429) return;
        const asked = question.attempt.kind === 'answered' ? (question.attempt.retryAfterMs ?? 0) : 0;
        expect(delay).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  test('is no for what Partoo refused', () => {
    for (const status of [400, 401, 403, 404, 409, 415, 422]) {
      const question = { attempt: answered(status), number: 1, idempotent: true, timeLeftMs: 50_000 };
      expect(retryDelayMs(question)).toBeUndefined();
    }
  });

  test('treats a 408 and a redirect as doubt: again for a read, never for a write', () => {
    for (const status of [302, 408, 500, 599]) {
      const question = { attempt: answered(status), number: 1, timeLeftMs: 50_000 };
      expect(retryDelayMs({ ...question, idempotent: true })).toBeDefined();
      expect(retryDelayMs({ ...question, idempotent: false })).toBeUndefined();
    }
  });

  test('waits longer each time, and anything up to that', () => {
    const longest = (number: number) =>
      retryDelayMs({ attempt: lost, number, idempotent: true, timeLeftMs: 50_000 }, () => 1);
    expect([longest(1), longest(2), longest(3)]).toEqual([250, 500, 1_000]);
    expect(retryDelayMs({ attempt: lost, number: 1, idempotent: true, timeLeftMs: 50_000 }, () => 0)).toBe(0);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const inSeconds = (seconds: number) => now / 1_000 + seconds;
  test.each([
    ['60', 60_000],
    [' 2 ', 2_000],
    ['0.5', 500],
    ['0', 0],
    ['-5', 0],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 10:00:30 GMT', 30_000],
    ['Sat Nov 21 10:00:30 2026', 30_000],
    ['2026-11-21T10:00:30Z', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    [`${inSeconds(30)}`, 30_000],
    [`${inSeconds(30)}.25`, 30_250],
    [`${inSeconds(-30)}`, 0],
    [`${now + 30_000}`, 30_000],
    ['99999999999999999999', 86_400_000],
    ['Sat, 21 Nov 2099 10:00:30 GMT', 86_400_000],
    ['soon', undefined],
    ['minutes 2', undefined],
    ['', undefined],
    [undefined, undefined],
    [['7', '8'], 8_000],
    ['8, 7', 8_000],
    ['soon, 7', 7_000],
    ['Sat, 21 Nov 2026 10:00:30 GMT, 7', 30_000],
  ])('%j is %s ms', (header, ms) => {
    expect(retryAfterMs({ 'retry-after': header }, now)).toBe(ms);
  });

  test.each([
    ['Sat, 21 Nov 2026 11:00:30 GMT', 30_000],
    [`${inSeconds(3_630)}`, 30_000],
    [`${now + 3_630_000}`, 30_000],
    ['60', 60_000],
  ])('%j of a clock an hour ahead of ours is measured against that clock: %s ms', (header, ms) => {
    const headers = { 'retry-after': header, date: 'Sat, 21 Nov 2026 11:00:00 GMT' };
    expect(retryAfterMs(headers, now)).toBe(ms);
  });

  test('a Date that cannot be read is not gone by', () => {
    const headers = { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT', date: 'today' };
    expect(retryAfterMs(headers, now)).toBe(30_000);
  });

  test('holds an organization for five minutes at most, and a failing Partoo for as long as it says', () => {
    expect(askedToWaitMs(answered(429, 3_600_000))).toBe(300_000);
    expect(askedToWaitMs(answered(429, 240_000))).toBe(240_000);
    expect(askedToWaitMs(answered(503, 3_600_000))).toBe(3_600_000);
  });
});

describe('a refusal for a rate limit', () => {
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
  ])('%i %s is one', (status, body) => {
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
  ])('%i %s is none', (status, body) => {
    expect(says(status, body)).toBe(false);
  });
});
