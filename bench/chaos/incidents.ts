import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisProcess } from '../../test/support/redis-process.ts';
import type { TcpProxy } from '../../test/support/tcp-proxy.ts';
import type { Fleet } from './fleet.ts';
import { note, type Span } from './notes.ts';
import type { startUpstream } from './upstream-process.ts';

const REDIS_DOWN_MS = 4_000;
const CUT_OFF_MS = 12_000;
const HANGING_MS = 6_000;
const OUTAGE_MS = 25_000;
/** Servers notice a little later that Redis is back. Without a pause, they would see two short losses as a long one. */
const PAUSE_MS = 8_000;

export interface Breakable {
  fleet: Fleet;
  redis: RedisProcess;
  /** Between server A and Redis. */
  wireOfA: TcpProxy;
  upstream: Pick<Awaited<ReturnType<typeof startUpstream>>, 'failOther' | 'misbehave'>;
}

/** Each incident happens when its share of the calls is done. */
export function createIncidents({ fleet, redis, wireOfA, upstream }: Breakable, calls: number) {
  const redisAway: (Span & { what: string })[] = [];
  const outages: Span[] = [];

  const lasting = async (what: string, ms: number, begin: () => unknown, end: () => unknown) => {
    const from = Date.now();
    note(`${what}: begins`);
    await begin();
    await sleep(ms);
    await end();
    note(`${what}: over`);
    return { from, to: Date.now(), what };
  };
  const redisDies = async () => {
    redisAway.push(await lasting('killed', REDIS_DOWN_MS, redis.kill, redis.restart));
  };
  const redisHangs = async () => {
    redisAway.push(await lasting('stopped (SIGSTOP)', HANGING_MS, redis.pause, redis.resume));
  };
  const aIsCutOff = async () => {
    redisAway.push(await lasting('cut off from server A alone', CUT_OFF_MS, wireOfA.cut, wireOfA.restore));
  };
  const aIsLeftHanging = async () => {
    redisAway.push(await lasting('silent for server A alone', HANGING_MS, wireOfA.hang, wireOfA.restore));
  };
  const otherFails = async () => {
    outages.push(
      await lasting('Partoo fails for one organization', OUTAGE_MS, upstream.failOther, upstream.misbehave),
    );
  };
  const serverDies = async () => {
    note('Server B is killed');
    await fleet.replace('B');
    note('Server B is replaced');
  };
  const planned = [
    { at: 0.1, happen: otherFails },
    { at: 0.25, happen: redisDies },
    { at: 0.35, happen: aIsCutOff },
    { at: 0.45, happen: serverDies },
    { at: 0.55, happen: redisHangs },
    { at: 0.65, happen: redisDies },
    { at: 0.75, happen: aIsLeftHanging },
    { at: 0.85, happen: aIsCutOff },
  ];
  let happening = Promise.resolve();

  return {
    redisAway,
    outages,
    onDone(done: number) {
      while (planned[0] && done >= planned[0].at * calls) {
        const [{ happen }] = planned.splice(0, 1) as [(typeof planned)[0]];
        happening = happening.then(happen).then(() => sleep(PAUSE_MS));
      }
    },
    over: () => happening,
  };
}
