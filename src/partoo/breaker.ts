import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhenResult,
  SamplingBreaker,
} from 'cockatiel';
import { isTooMany } from './retry.ts';
import type { Attempt } from './transport.ts';

/** Half of the attempts of the last half minute must have failed, of twenty or more. */
const FAILING = { threshold: 0.5, duration: 30_000, minimumRps: 2 / 3 };
/** How long Partoo is left alone then, before one attempt may try whether it is back. */
const OPEN_MS = 10_000;

export type BreakerState = 'closed' | 'open' | 'half_open';

export interface BreakerLog {
  opened(): void;
  closed(): void;
}

export type Breaker = ReturnType<typeof createBreaker>;

/**
 * Stops sending to a Partoo that is down: its time-outs would hold every caller, its recovery would meet our retries.
 * One for all keys; each replica has its own.
 */
export function createBreaker(log: BreakerLog) {
  const policy: CircuitBreakerPolicy = circuitBreaker(
    // A trial that its caller gives up has not shown that Partoo is back; any other such attempt says nothing.
    handleWhenResult(result =>
      result instanceof GivenUp ? policy.state === CircuitState.HalfOpen : isFailing(result as Attempt),
    ),
    { halfOpenAfter: OPEN_MS, breaker: new SamplingBreaker(FAILING) },
  );
  let openedAt: number | undefined;
  policy.onBreak(() => {
    // A trial that fails opens it again: said once.
    if (openedAt === undefined) log.opened();
    openedAt = performance.now();
  });
  policy.onReset(() => {
    openedAt = undefined;
    log.closed();
  });

  const leftMs = () => Math.max(0, (openedAt ?? 0) + OPEN_MS - performance.now());

  return {
    /** Half open: one attempt may try, or does. The policy itself stays open until somebody calls, be it for a night. */
    get state(): BreakerState {
      if (policy.state === CircuitState.Closed) return 'closed';
      return policy.state === CircuitState.Open && leftMs() > 0 ? 'open' : 'half_open';
    },

    /** How long nothing is sent; undefined when something may be. While one attempt tries, the others do not wait. */
    notBeforeMs(): number | undefined {
      if (policy.state === CircuitState.HalfOpen) return OPEN_MS;
      return policy.state === CircuitState.Open && leftMs() > 0 ? leftMs() : undefined;
    },

    /** Makes an attempt; undefined when nothing is sent now. */
    async through(attempt: () => Promise<Attempt>): Promise<Attempt | undefined> {
      if (policy.state === CircuitState.HalfOpen) return undefined;
      const result = await policy
        .execute(() => attempt().catch(error => new GivenUp(error)))
        .catch(error => {
          if (error instanceof BrokenCircuitError) return undefined;
          throw error;
        });
      if (result instanceof GivenUp) throw result.error;
      return result;
    },
  };
}

/** An attempt that was not carried through. */
class GivenUp {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Partoo's refusals, for its rate limit among them, are signs of life. */
const isFailing = (attempt: Attempt) =>
  attempt.kind !== 'answered' || (attempt.status >= 500 && !isTooMany(attempt));
