import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisProcess } from '../../test/support/redis-process.ts';
import type { Fleet } from './fleet.ts';
import { note } from './report.ts';

const REDIS_DOWN_MS = 4_000;

/** Epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** What breaks during the run, each at its share of the calls done. */
export function createIncidents(fleet: Fleet, redis: RedisProcess, calls: number) {
  const redisAway: Span[] = [];

  const redisDies = async () => {
    const from = Date.now();
    note('Redis is killed');
    await redis.kill();
    await sleep(REDIS_DOWN_MS);
    await redis.restart();
    redisAway.push({ from, to: Date.now() });
    note('Redis is back');
  };
  const serverDies = async () => {
    note('Server B is killed');
    await fleet.replace('B');
    note('Server B is replaced');
  };
  const planned = [
    { at: 0.25, happen: redisDies },
    { at: 0.45, happen: serverDies },
    { at: 0.6, happen: redisDies },
  ];
  // One after the other: in a short run the next would otherwise come before Redis is back.
  let happening = Promise.resolve();

  return {
    redisAway,
    onDone(done: number) {
      while (planned[0] && done >= planned[0].at * calls) {
        const [{ happen }] = planned.splice(0, 1) as [(typeof planned)[0]];
        happening = happening.then(happen);
      }
    },
    over: () => happening,
  };
}
