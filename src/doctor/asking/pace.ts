import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; tests replace it. */
export type Sleep = (ms: number) => Promise<unknown>;

export const realSleep: Sleep = ms => sleep(ms);

/** Keeps requests apart. Returns a function that resolves when the next one may start. */
export function createPace(perMinute: number, wait: Sleep, now: () => number = () => performance.now()) {
  const gapMs = 60_000 / perMinute;
  let next = 0;
  return async (): Promise<void> => {
    const waitMs = next - now();
    if (waitMs > 0) await wait(waitMs);
    next = Math.max(next, now()) + gapMs;
  };
}
