import { type Message, searchCall } from './calls.ts';
import type { Target } from './measure.ts';
import type { Stage } from './stage.ts';
import { percentile, type Spread, spreadOf } from './statistics.ts';

export interface Latency {
  perSecond: number;
  /** p50 of each round, milliseconds. */
  direct: Spread;
  through: Spread;
  /** Of the same round. */
  added: Spread;
}

const SECONDS = 4;
const PAGES = 20;

/** What a caller waits longer than if it asked Partoo itself, while the server has little to do. */
export async function measureLatency(
  { load, upstream }: Stage,
  { server, revision }: Target,
  { rounds, perSecond }: { rounds: number; perSecond: number },
): Promise<Latency> {
  const messages = Array.from({ length: PAGES }, (_, index) => searchCall(revision, index + 1));
  const calls = Math.max(20, Math.round(perSecond * SECONDS));
  const key = { 'x-APIKey': 'bench-key-0' };
  const bodies = messages.map(({ body }) => body);
  const { headers } = messages[0] as Message;
  const askDirect = { url: `${upstream.url}/business/search?per_page=30`, method: 'GET' as const };
  const askServer = { url: server.url, method: 'POST' as const, bodies };
  const pace = { perSecond, calls };

  const direct: number[] = [];
  const through: number[] = [];
  for (let round = 0; round < rounds; round++) {
    direct.push(percentile(await load.pace({ ...askDirect, ...pace, headers: key }), 0.5));
    await upstream.arrivals();
    through.push(
      percentile(await load.pace({ ...askServer, ...pace, headers: { ...headers, ...key } }), 0.5),
    );
    const { pages } = await upstream.arrivals();
    if (pages !== calls) throw new Error(`latency: ${pages} requests at Partoo for ${calls} calls`);
  }
  return {
    perSecond,
    direct: spreadOf(direct),
    through: spreadOf(through),
    added: spreadOf(through.map((ms, round) => ms - (direct[round] ?? 0))),
  };
}
