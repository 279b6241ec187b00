const WINDOW_MS = 60_000;

export interface RateLimit {
  /** Counts a request, or returns the seconds to wait. `now`: epoch milliseconds. */
  take(orgId: number, now: number): { retryAfterSeconds: number } | undefined;
}

/** A sliding window of 60 seconds. Refused requests do not count. */
export function createRateLimit(perMinute: number, retryAfter: 'flat' | 'exact'): RateLimit {
  const taken = new Map<number, number[]>();

  return {
    take(orgId, now) {
      const recent = taken.get(orgId) ?? [];
      taken.set(orgId, recent);
      while (recent[0] !== undefined && recent[0] <= now - WINDOW_MS) recent.shift();
      if (recent.length < perMinute) {
        recent.push(now);
        return undefined;
      }
      if (retryAfter === 'flat') return { retryAfterSeconds: 60 };
      const oldest = recent[0] ?? now;
      return { retryAfterSeconds: Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1000)) };
    },
  };
}
