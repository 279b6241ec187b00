/** Partoo's limit per organization. */
export const LIMIT = 300;
export const WINDOW_MS = 60_000;
const PHASE_MS = 1_000;

/** Returns whether a request that arrives at `now` is accepted, and counts it if so. */
export type Quota = (now: number) => boolean;

export type Mode = 'sliding' | 'fixed';
export const MODES: Mode[] = ['sliding', 'fixed'];

/** Partoo does not document how it counts, so a limiter must satisfy both. */
export const QUOTAS: Record<Mode, () => Quota> = {
  /** Accepts at most the limit within the last 60 seconds. */
  sliding() {
    const accepted: number[] = [];
    return now => {
      while (now - (accepted[0] ?? now) >= WINDOW_MS) accepted.shift();
      if (accepted.length >= LIMIT) return false;
      accepted.push(now);
      return true;
    };
  },

  /** Fixed windows of a minute. Their start is unknown, so there is one counter for each second at which they may start. */
  fixed() {
    const counters = Array.from({ length: WINDOW_MS / PHASE_MS }, (_, phase) => ({
      startsAt: phase * PHASE_MS,
      window: Number.NaN,
      count: 0,
    }));
    return now => {
      for (const counter of counters) {
        const window = Math.floor((now - counter.startsAt) / WINDOW_MS);
        if (window !== counter.window) Object.assign(counter, { window, count: 0 });
      }
      if (counters.some(({ count }) => count >= LIMIT)) return false;
      for (const counter of counters) counter.count++;
      return true;
    };
  },
};
