import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedToWaitMs, MAX_ATTEMPTS, retryDelayMs } from '../../../src/partoo/client/retry.ts';
import type { Attempt } from '../../../src/partoo/client/transport.ts';

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

describe('the requested wait', () => {
  test('holds an organization for five minutes at most, and a failing Partoo for as long as it says', () => {
    expect(askedToWaitMs(answered(429, 3_600_000))).toBe(300_000);
    expect(askedToWaitMs(answered(429, 240_000))).toBe(240_000);
    expect(askedToWaitMs(answered(503, 3_600_000))).toBe(3_600_000);
  });
});
