import type { Span } from './notes.ts';
import type { UpstreamRecord } from './upstream.ts';
import type { Verdict } from './verdict.ts';

const WINDOW_MS = 60_000;

export interface Limit {
  perMinute: number;
  /** How many requests a server without Redis may send above the limit: see docs/decisions/0004. */
  shareOfServer: number;
}

/** The most requests in any 60 s without, and with, a loss of Redis in them. */
export interface MostInWindow {
  undisturbed: number;
  whileRedisWasAway: number;
}

/** Per organization. */
export function mostInWindow(
  { arrivals }: UpstreamRecord,
  away: readonly Span[],
): (readonly [string, MostInWindow])[] {
  return Object.entries(arrivals).map(([organization, times]) => {
    const most = { undisturbed: 0, whileRedisWasAway: 0 };
    let first = 0;
    times.forEach((at, last) => {
      while ((times[first] as number) <= at - WINDOW_MS) first += 1;
      const touches = away.some(({ from, to }) => from <= at && to >= at - WINDOW_MS);
      const kind = touches ? 'whileRedisWasAway' : 'undisturbed';
      most[kind] = Math.max(most[kind], last - first + 1);
    });
    return [organization, most] as const;
  });
}

export function judgeLimit(
  record: UpstreamRecord,
  away: readonly Span[],
  { perMinute, shareOfServer }: Limit,
): Verdict[] {
  const most = mostInWindow(record, away);
  const over = (kind: keyof MostInWindow, allowed: number) =>
    most
      .filter(([, counts]) => counts[kind] > allowed)
      .map(([organization, counts]) => `organization ${organization}: ${counts[kind]} in 60 s`);
  return [
    {
      claim: `no organization had more than ${perMinute} requests in any 60 s`,
      failures: over('undisturbed', perMinute),
    },
    {
      claim: `nor more than a server's share (${shareOfServer}) above that while Redis was away`,
      failures: over('whileRedisWasAway', perMinute + shareOfServer),
    },
  ];
}
