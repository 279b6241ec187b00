import { type Message, searchCall } from './calls.ts';
import type { Target } from './measure.ts';
import { percentile, type Spread, spreadOf } from './statistics.ts';
import type { Testbed } from './testbed.ts';

export interface Latency {
  perSecond: number;
  /** p50 of each round, milliseconds. */
  direct: Spread;
  through: Spread;
  /** Added to `direct` of the same round, by our server and by the floor. */
  added: Spread;
  addedByFloor: Spread;
}

export interface LatencyOptions {
  rounds: number;
  perSecond: number;
}

const SECONDS = 4;
const PAGES = 20;
const KEY = { 'x-APIKey': 'bench-key-0' };

/** Measures how much longer a call takes than a direct request to Partoo, under light load. */
export async function measureLatency(
  { load, upstream }: Testbed,
  { ours, floor }: { ours: Target; floor: Target },
  { rounds, perSecond }: LatencyOptions,
): Promise<Latency> {
  const calls = Math.max(20, Math.round(perSecond * SECONDS));
  const pace = { perSecond, calls };

  async function timeDirectly(): Promise<number> {
    const url = `${upstream.url}/business/search?per_page=30`;
    return percentile(await load.pace({ ...pace, url, method: 'GET', headers: KEY }), 0.5);
  }

  async function timeThrough({ name, server: { url }, revision }: Target): Promise<number> {
    const messages = Array.from({ length: PAGES }, (_, index) => searchCall(revision, index + 1));
    const headers = { ...(messages[0] as Message).headers, ...KEY };
    const bodies = messages.map(({ body }) => body);
    await upstream.arrivals();
    const p50 = percentile(await load.pace({ ...pace, url, method: 'POST', headers, bodies }), 0.5);
    const { pages } = await upstream.arrivals();
    if (pages !== calls) throw new Error(`${name}: ${pages} requests at Partoo for ${calls} calls`);
    return p50;
  }

  const direct: number[] = [];
  const through: number[] = [];
  const throughFloor: number[] = [];
  for (let round = 0; round < rounds; round++) {
    direct.push(await timeDirectly());
    throughFloor.push(await timeThrough(floor));
    through.push(await timeThrough(ours));
  }
  const addedBy = (times: number[]) => spreadOf(times.map((ms, round) => ms - (direct[round] ?? 0)));
  return {
    perSecond,
    direct: spreadOf(direct),
    through: spreadOf(through),
    added: addedBy(through),
    addedByFloor: addedBy(throughFloor),
  };
}
