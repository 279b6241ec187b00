import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../../test/support/process.ts';
import { listCall, type Revision, searchCall } from './calls.ts';
import type { Load } from './load.ts';
import type { Upstream } from './upstream.ts';
import { cpuOf, residentOf } from './usage.ts';

/** A server that is called. */
export interface Target {
  name: string;
  server: ServerProcess;
  revision: Revision;
  /** What is asked of it; `list` does not reach Partoo. */
  asks: 'search' | 'list';
}

export interface Callers {
  keys: string[];
  connections: number;
  /** Of all connections together; without it as fast as answers come. */
  perSecond?: number;
}

export interface Round {
  /** Microseconds of the server process. */
  cpuPerCall: number;
  callsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Bytes in RAM, at the end of the round. */
  resident: number;
}

/** What is still to be done when the last answer is out: books, garbage. */
const SETTLE_MS = 100;

/** Calls a server so many times. Throws unless each call is answered right, and reached Partoo once. */
export async function measureRound(
  { load, upstream }: { load: Load; upstream: Upstream },
  { name, server, revision, asks }: Target,
  { keys, ...callers }: Callers,
  calls: number,
): Promise<Round> {
  const pid = server.child.pid ?? 0;
  const messages =
    asks === 'list'
      ? [listCall(revision)]
      : Array.from({ length: callers.connections }, (_, index) => searchCall(revision, index + 1));
  await upstream.arrivals();
  const before = await cpuOf(pid);
  const flood = await load.flood({
    url: server.url,
    headers: messages[0]?.headers ?? {},
    bodies: messages.map(({ body }) => body),
    keys,
    ...callers,
    calls,
  });
  await sleep(SETTLE_MS);
  const used = (await cpuOf(pid)) - before;
  const { pages } = await upstream.arrivals();
  const expected = asks === 'list' ? 0 : calls;
  const faults = [...flood.failures];
  if (pages !== expected) faults.push(`${pages} requests at Partoo for ${calls} calls`);
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}\n${server.output().slice(-2_000)}`);
  return {
    cpuPerCall: used / calls,
    callsPerSecond: calls / flood.seconds,
    p50: flood.p50,
    p99: flood.p99,
    resident: await residentOf(pid),
  };
}

/** Keys whose organizations are their own. */
export const keysFor = (count: number) => Array.from({ length: count }, (_, index) => `bench-key-${index}`);
