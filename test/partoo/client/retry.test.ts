import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attempt, requestedWaitMs } from '../../../src/partoo/client/attempt.ts';
import { MAX_ATTEMPTS, retryDelayMs } from '../../../src/partoo/client/retry.ts';

const responded = (status: number, retryAfter?: number): Attempt => ({
  kind: 'response',
  status,
  json: undefined,
  retryAfterMs: retryAfter,
});
const lost: Attempt = { kind: 'lost', cause: undefined };
const notSent: Attempt = { kind: 'not_sent', cause: undefined };

const anyAttempt = fc.oneof(
  fc.constant(lost),
  fc.constant(notSent),
  fc
    .record({
      status: fc.integer({ min: 300, max: 599 }),
      after: fc.option(fc.nat(100_000), { nil: undefined }),
    })
    .map(({ status, after }) => responded(status, after)),
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
          (question.attempt.kind === 'response' && question.attempt.status === 429);
        if (!certainlyNotDone) expect(delay).toBeUndefined();
      }),
    );
  });

  test('is never earlier than a Retry-After, later than the deadline, or a fifth attempt', () => {
    fc.assert(
      fc.property(anyQuestion, question => {
        const delay = retryDelayMs(question);
        if (delay === undefined) return;
        expect(question.number).toBeLessThan(MAX_ATTEMPTS);
        expect(delay).toBeLessThan(question.timeLeftMs);
        // For a 429 the limiter does the waiting.
        if (question.attempt.kind === 'response' && question.attempt.status === 429) return;
        const asked = question.attempt.kind === 'response' ? (question.attempt.retryAfterMs ?? 0) : 0;
        expect(delay).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  test('is to give up on what Partoo refused', () => {
    for (const status of [400, 401, 403, 404, 409, 415, 422]) {
      const question = { attempt: responded(status), number: 1, idempotent: true, timeLeftMs: 50_000 };
      expect(retryDelayMs(question)).toBeUndefined();
    }
  });

  test('is to repeat an idempotent request, and no other, after a 5xx, a 408 or a redirect', () => {
    for (const status of [302, 408, 500, 599]) {
      const question = { attempt: responded(status), number: 1, timeLeftMs: 50_000 };
      expect(retryDelayMs({ ...question, idempotent: true })).toBeDefined();
      expect(retryDelayMs({ ...question, idempotent: false })).toBeUndefined();
    }
  });

  test('is a random delay whose maximum doubles with each attempt', () => {
    const longest = (number: number) =>
      retryDelayMs({ attempt: lost, number, idempotent: true, timeLeftMs: 50_000 }, () => 1);
    expect([longest(1), longest(2), longest(3)]).toEqual([250, 500, 1_000]);
    expect(retryDelayMs({ attempt: lost, number: 1, idempotent: true, timeLeftMs: 50_000 }, () => 0)).toBe(0);
  });
});

test('a rate limit pauses an organization for five minutes at most; a failing Partoo is obeyed in full', () => {
  expect(requestedWaitMs(responded(429, 3_600_000))).toBe(300_000);
  expect(requestedWaitMs(responded(429, 240_000))).toBe(240_000);
  expect(requestedWaitMs(responded(503, 3_600_000))).toBe(3_600_000);
});
