import { callNumber, type Outcome } from './calls.ts';
import { LIMIT, WINDOW_MS } from './quota.ts';
import type { Arrival } from './upstream.ts';

/** Calls that are served within this time of each other count as unordered. */
const SAME_MOMENT_MS = 1_000;
const LEAST_SHARE = 0.99;

export interface KeyService {
  key: string;
  /** Calls served in each minute since the first. */
  perMinute: number[];
  /** Share of ordered pairs of calls that were served in the order they were sent; absent without such pairs. */
  inOrder?: number;
}

export interface Verdict {
  requests: number;
  /** Requests for the organization of a key; they count as requests too. */
  keyLookups: number;
  tooMany: number;
  calls: number;
  served: number;
  lastEndedMs: number;
  /** The most requests within any 60 seconds. */
  worstWindow: number;
  /** Accepted requests divided by allowed ones, at the last multiple of 300. Above 1: more than allowed. */
  share?: number;
  /** The shortest possible time for these requests, divided by their time. Above 1: they came too early. */
  idealToReal: number;
  keys: KeyService[];
}

export function judge(arrivals: Arrival[], outcomes: Outcome[], keys: string[]): Verdict {
  const accepted = arrivals.filter(arrival => arrival.accepted);
  const first = accepted[0]?.arrivedAt ?? 0;
  const times = accepted.map(({ arrivedAt }) => arrivedAt - first);
  return {
    requests: arrivals.length,
    keyLookups: arrivals.filter(isKeyLookup).length,
    tooMany: arrivals.length - accepted.length,
    calls: outcomes.length,
    served: outcomes.filter(({ served }) => served).length,
    lastEndedMs: Math.max(...outcomes.map(({ endedAfterMs }) => endedAfterMs)),
    worstWindow: worstWindow(arrivals.map(({ arrivedAt }) => arrivedAt)),
    share: shareUsed(times),
    idealToReal: idealToReal(times),
    keys: keys.map(key => {
      const own = accepted.filter(arrival => arrival.key === key && !isKeyLookup(arrival));
      return { key, perMinute: perMinute(own, first), inOrder: inOrder(own) };
    }),
  };
}

/** Returns a sentence for each broken promise. */
export function faults(verdict: Verdict): string[] {
  const { tooMany, calls, served, worstWindow, share, idealToReal } = verdict;
  const found: string[] = [];
  if (tooMany > 0) found.push(`Partoo responded 429 to ${tooMany} requests`);
  if (served < calls) found.push(`${calls - served} of ${calls} calls have no result`);
  if (worstWindow > LIMIT) found.push(`${worstWindow} requests in one window of 60 s`);
  if (share !== undefined && share < LEAST_SHARE)
    found.push(`only ${percent(share)} of the allowed calls used`);
  if (idealToReal < LEAST_SHARE) found.push(`took longer than needed: ideal/real is ${percent(idealToReal)}`);
  return found;
}

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const isKeyLookup = ({ path }: Arrival) => path.startsWith('/v2/user/me');

/** The fullest window starts with a request, so only those windows are counted. */
function worstWindow(times: number[]): number {
  let worst = 0;
  let end = 0;
  for (const [start, time] of times.entries()) {
    while (end < times.length && (times[end] ?? 0) - time < WINDOW_MS) end++;
    worst = Math.max(worst, end - start);
  }
  return worst;
}

/**
 * The limit allows 300 requests at once, and 300 more per full minute. Measured at the last multiple of 300, not at the last
 * request: the few key lookups would otherwise start a minute of their own and leave most of it unused.
 */
function shareUsed(times: number[]): number | undefined {
  const whole = Math.floor(times.length / LIMIT) * LIMIT;
  const passed = times[whole - 1];
  if (passed === undefined) return undefined;
  return whole / (LIMIT * (1 + Math.floor(passed / WINDOW_MS)));
}

/** The ideal sends each request one minute after the request 300 before it; the first 300 are as measured. */
function idealToReal(times: number[]): number {
  const last = times.length - 1;
  const real = times[last] ?? 0;
  const ideal = WINDOW_MS * Math.floor(last / LIMIT) + (times[last % LIMIT] ?? 0);
  return real === 0 ? 1 : ideal / real;
}

function perMinute(own: Arrival[], first: number): number[] {
  const counts: number[] = [];
  for (const { arrivedAt } of own) {
    const minute = Math.floor((arrivedAt - first) / WINDOW_MS);
    counts[minute] = (counts[minute] ?? 0) + 1;
  }
  return Array.from(counts, count => count ?? 0);
}

function inOrder(own: Arrival[]): number | undefined {
  const served = own.flatMap(({ path, arrivedAt }) => {
    const sent = callNumber(path);
    return sent === undefined ? [] : [{ sent, arrivedAt }];
  });
  let pairs = 0;
  let right = 0;
  // `served` is in order of arrival, so each pair is an earlier one and a later one.
  for (const [index, earlier] of served.entries()) {
    for (const later of served.slice(index + 1)) {
      if (later.arrivedAt - earlier.arrivedAt <= SAME_MOMENT_MS) continue;
      pairs++;
      if (earlier.sent < later.sent) right++;
    }
  }
  return pairs === 0 ? undefined : right / pairs;
}
