import { OURS_REDIS_2026 } from '../cost/baselines.ts';
import type { Stage } from '../cost/environment.ts';
import { microseconds, times } from '../cost/figures.ts';
import { type Load, startLoad } from '../cost/load.ts';
import { keysFor, measureRound, type Round, type Target } from '../cost/measure.ts';
import { probe } from '../cost/probe.ts';
import { ratioOf, spreadOf } from '../cost/statistics.ts';
import { startUpstream, type Upstream } from '../cost/upstream.ts';
import type { Effort, Part } from './part.ts';

const REPLICAS = 3;
const WORK = 2.7;
/** Calls of each replica: so few that on two cores three replicas do not take them from each other for long. */
const PER_SECOND = 40;
const CALLERS = { keys: keysFor(200), connections: 6 };
/** A round takes so many times as long as others: of few calls the steps in which CPU is counted would show. */
const LONGER = 5;
const WARM_UP_CALLS = 3_000;

/** A replica with callers and a Partoo of its own, so that these are not what is measured. */
interface Place {
  load: Load;
  upstream: Upstream;
  target: Target;
}

/** One server on a Redis, and three on another, in turn: as many calls a second of each. */
export async function replicas(stage: Stage, { rounds, seconds, say }: Effort): Promise<Part> {
  const { url: urlOfOne } = await stage.startRedis();
  const { url: urlOfThree } = await stage.startRedis();
  const single = [await openPlace(stage, urlOfOne)];
  const several: Place[] = [];
  for (let count = 0; count < REPLICAS; count++) several.push(await openPlace(stage, urlOfThree));
  for (const place of [...single, ...several]) {
    await measureRound(place, place.target, CALLERS, WARM_UP_CALLS);
  }

  const calls = Math.round(PER_SECOND * seconds * LONGER);
  const one: Round[][] = [];
  const three: Round[][] = [];
  for (let round = 0; round < rounds; round++) {
    say(`replicas: round ${round + 1} of ${rounds}`);
    one.push(await callAll(single, calls));
    three.push(await callAll(several, calls));
  }
  for (const { load, upstream } of [...single, ...several]) {
    load.stop();
    upstream.stop();
  }

  const cpu = (all: Round[][]) => all.map(round => mean(round.map(({ cpuPerCall }) => cpuPerCall)));
  const rate = (all: Round[][]) => all.map(round => sum(round.map(({ callsPerSecond }) => callsPerSecond)));
  const row = (name: string, all: Round[][]) => [
    name,
    microseconds(spreadOf(cpu(all))),
    times(ratioOf(cpu(all), cpu(one))),
    microseconds(spreadOf(rate(all))),
  ];
  const dearer = ratioOf(cpu(three), cpu(one));
  const work = REPLICAS / dearer.median;
  return {
    title: 'Replicas',
    table: {
      head: ['servers on one Redis', 'CPU a call, µs', 'to one', 'calls/s, all'],
      rows: [row('1', one), row(`${REPLICAS}`, three)],
    },
    verdicts: [
      {
        // So many times the work with so many times the CPU is what is left of it once a call costs a little more.
        target: `CPU a call of ${REPLICAS} replicas to one, at most ${(REPLICAS / WORK).toFixed(2)} × (with cores for each: ${WORK} × the work)`,
        measured: `${times(dearer)}: ${work.toFixed(2)} × the work`,
        ok: work >= WORK,
      },
    ],
  };
}

async function openPlace(stage: Stage, redisUrl: string): Promise<Place> {
  const upstream = await startUpstream();
  const env = { REDIS_URL: redisUrl, REPLICAS_HINT: `${REPLICAS}`, PARTOO_BASE_URL: upstream.url };
  const target = await stage.start(OURS_REDIS_2026, env);
  await probe(target);
  return { load: startLoad(), upstream, target };
}

const callAll = (places: Place[], calls: number): Promise<Round[]> =>
  Promise.all(
    places.map(place => measureRound(place, place.target, { ...CALLERS, perSecond: PER_SECOND }, calls)),
  );

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]) => sum(values) / values.length;
