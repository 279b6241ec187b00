import { callNumber, type Outcome } from './calls.ts';
import { LIMIT, WINDOW_MS } from './quota.ts';
import type { Arrival } from './upstream.ts';

/** Answers given in the same breath have no order. */
const SAME_MOMENT_MS = 1_000;
const LEAST_SHARE = 0.99;

export interface KeyService {
  key: string;
  /** Calls served in each minute since the first. */
  perMinute: number[];
  /** Of two calls served well apart, how often the one asked first came first; absent without such two. */
  inOrder?: number;
}

export interface Verdict {
  requests: number;
  /** Of the requests: those that only asked whose key it is. */
  whoAmI: number;
  tooMany: number;
  calls: number;
  served: number;
  lastAnswerMs: number;
  /** The most requests in any 60 seconds, wherever they start. */
  worstWindow: number;
  /** Calls accepted to calls allowed, when the last whole 300 was through. Over 1: more than allowed. */
  share?: number;
  /** The time the same requests need at best, to the time they took. Over 1: they came too early. */
  idealToReal: number;
  keys: KeyService[];
}

export function judge(arrivals: Arrival[], outcomes: Outcome[], keys: string[]): Verdict {
  const accepted = arrivals.filter(arrival => arrival.accepted);
  const first = accepted[0]?.arrivedAt ?? 0;
  const times = accepted.map(({ arrivedAt }) => arrivedAt - first);
  return {
    requests: arrivals.length,
    whoAmI: arrivals.filter(isWhoAmI).length,
    tooMany: arrivals.length - accepted.length,
    calls: outcomes.length,
    served: outcomes.filter(({ served }) => served).length,
    lastAnswerMs: Math.max(...outcomes.map(({ answeredAfterMs }) => answeredAfterMs)),
    worstWindow: worstWindow(arrivals.map(({ arrivedAt }) => arrivedAt)),
    share: shareUsed(times),
    idealToReal: idealToReal(times),
    keys: keys.map(key => {
      const own = accepted.filter(arrival => arrival.key === key && !isWhoAmI(arrival));
      return { key, perMinute: perMinute(own, first), inOrder: inOrder(own) };
    }),
  };
}

/** What must not be. */
export function faults(verdict: Verdict): string[] {
  const { tooMany, calls, served, worstWindow, share, idealToReal } = verdict;
  const found: string[] = [];
  if (tooMany > 0) found.push(`Partoo answered 429 to ${tooMany} requests`);
  if (served < calls) found.push(`${calls - served} of ${calls} calls have no result`);
  if (worstWindow > LIMIT) found.push(`${worstWindow} requests in one window of 60 s`);
  if (share !== undefined && share < LEAST_SHARE)
    found.push(`only ${percent(share)} of the allowed calls used`);
  if (idealToReal < LEAST_SHARE)
    found.push(`took longer than needed: ideal to real is ${percent(idealToReal)}`);
  return found;
}

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const isWhoAmI = ({ path }: Arrival) => path.startsWith('/v2/user/me');

/** Every window is as full as one that starts with a request, so only those are counted. */
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
 * Allowed by a time: 300 at once, and 300 more each time a minute has passed. Asked at the last whole 300 and
 * not at the last request, or the few that ask whose key it is would have a minute of their own, and 297
 * unused calls in it.
 */
function shareUsed(times: number[]): number | undefined {
  const whole = Math.floor(times.length / LIMIT) * LIMIT;
  const passed = times[whole - 1];
  if (passed === undefined) return undefined;
  return whole / (LIMIT * (1 + Math.floor(passed / WINDOW_MS)));
}

/** The ideal sends each request a minute after the one 300 before it; how the first 300 went is measured. */
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
    const asked = callNumber(path);
    return asked === undefined ? [] : [{ asked, arrivedAt }];
  });
  let pairs = 0;
  let right = 0;
  // In order of arrival already, so each pair is an earlier one and a later one.
  for (const [index, earlier] of served.entries()) {
    for (const later of served.slice(index + 1)) {
      if (later.arrivedAt - earlier.arrivedAt <= SAME_MOMENT_MS) continue;
      pairs++;
      if (earlier.asked < later.asked) right++;
    }
  }
  return pairs === 0 ? undefined : right / pairs;
}
