import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../../test/support/process.ts';
import { listCall, type Revision, searchCall } from './calls.ts';
import type { Load } from './load.ts';
import type { Upstream } from './upstream.ts';
import { cpuOf, residentOf } from './usage.ts';

/** A running server, and the request that is measured on it. */
export interface Target {
  name: string;
  server: ServerProcess;
  revision: Revision;
  /** `list` does not reach Partoo. */
  request: 'search' | 'list';
}

export interface Callers {
  keys: string[];
  connections: number;
  /** For all connections together; absent: as fast as responses arrive. */
  perSecond?: number;
}

export interface Round {
  /** CPU time of the server process, in microseconds. */
  cpuPerCall: number;
  callsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Bytes in RAM, at the end of the round. */
  resident: number;
}

/** Logging and garbage collection still run after the last response. */
const SETTLE_MS = 100;

/** Makes `calls` calls. Throws unless each got the right response and reached Partoo once. */
export async function measureRound(
  { load, upstream }: { load: Load; upstream: Upstream },
  { name, server, revision, request }: Target,
  { keys, ...callers }: Callers,
  calls: number,
): Promise<Round> {
  const pid = server.child.pid ?? 0;
  const messages =
    request === 'list'
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
  const expected = request === 'list' ? 0 : calls;
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

/** Keys of different organizations. */
export const keysFor = (count: number) => Array.from({ length: count }, (_, index) => `bench-key-${index}`);
