import { OURS_REDIS_2026 } from '../cost/baselines.ts';
import { microseconds, times } from '../cost/figures.ts';
import { type Load, startLoad } from '../cost/load.ts';
import { keysFor, measureRound, type Round, type Target } from '../cost/measure.ts';
import { probe } from '../cost/probe.ts';
import { ratioOf, spreadOf } from '../cost/statistics.ts';
import type { Testbed } from '../cost/testbed.ts';
import { startUpstream, type Upstream } from '../cost/upstream.ts';
import type { RunOptions, Section } from './section.ts';

const REPLICAS = 3;
const WORK = 2.7;
/** Per replica: few enough that three replicas do not compete for two cores. */
const PER_SECOND = 40;
const CALLERS = { keys: keysFor(200), connections: 6 };
/** These rounds last longer than others, because they make few calls and the kernel counts CPU time in coarse steps. */
const LENGTH_FACTOR = 5;
const WARM_UP_CALLS = 3_000;

/** A replica with its own load generator and upstream, so that these do not limit the replicas. */
interface Replica {
  load: Load;
  upstream: Upstream;
  target: Target;
}

/** Alternates between one server on a Redis and three on another, with the same load per server. */
export async function replicas(testbed: Testbed, { rounds, seconds, print }: RunOptions): Promise<Section> {
  const { url: urlOfOne } = await testbed.startRedis();
  const { url: urlOfThree } = await testbed.startRedis();
  const single = [await startReplica(testbed, urlOfOne)];
  const several: Replica[] = [];
  for (let count = 0; count < REPLICAS; count++) several.push(await startReplica(testbed, urlOfThree));
  for (const replica of [...single, ...several]) {
    await measureRound(replica, replica.target, CALLERS, WARM_UP_CALLS);
  }

  const calls = Math.round(PER_SECOND * seconds * LENGTH_FACTOR);
  const one: Round[][] = [];
  const three: Round[][] = [];
  for (let round = 0; round < rounds; round++) {
    print(`replicas: round ${round + 1} of ${rounds}`);
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
      head: ['servers on one Redis', 'CPU per call, µs', 'to one', 'calls/s, all'],
      rows: [row('1', one), row(`${REPLICAS}`, three)],
    },
    verdicts: [
      {
        // Total work scales with the replicas, divided by how much more CPU time each call needs.
        target: `CPU per call of ${REPLICAS} replicas to one, at most ${(REPLICAS / WORK).toFixed(2)} × (with cores for each: ${WORK} × the work)`,
        measured: `${times(dearer)}: ${work.toFixed(2)} × the work`,
        ok: work >= WORK,
      },
    ],
  };
}

async function startReplica(testbed: Testbed, redisUrl: string): Promise<Replica> {
  const upstream = await startUpstream();
  const env = { REDIS_URL: redisUrl, REPLICAS_HINT: `${REPLICAS}`, PARTOO_BASE_URL: upstream.url };
  const target = await testbed.start(OURS_REDIS_2026, env);
  await probe(target);
  return { load: startLoad(), upstream, target };
}

const callAll = (replicas: Replica[], calls: number): Promise<Round[]> =>
  Promise.all(
    replicas.map(replica =>
      measureRound(replica, replica.target, { ...CALLERS, perSecond: PER_SECOND }, calls),
    ),
  );

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]) => sum(values) / values.length;
