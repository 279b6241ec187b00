import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../test/support/free-port.ts';
import { type ServerProcess, startProcess } from '../../test/support/process.ts';
import { startRedis } from '../../test/support/redis-process.ts';
import { ask, closeClient } from '../chaos/client.ts';
import { judgeWrites, matchWrites } from '../chaos/judge-writes.ts';
import type { Told } from '../chaos/load.ts';
import { note, say, secondsIntoRun } from '../chaos/notes.ts';
import { makePlan } from '../chaos/plan/plan.ts';
import { reportCalls, reportVerdicts, reportWrites } from '../chaos/report.ts';
import { startUpstream } from '../chaos/upstream-process.ts';
import { steadily } from '../support/steadily.ts';
import { startBalancer } from './balancer.ts';

/**
 * Two replicas behind nginx with one Redis, restarted in turn by SIGTERM while calls come at a steady rate, reads and
 * writes. No caller asks twice: a call that gets anything but its result is lost.
 * `npm run rolling-restart`, a minute; `--rounds 10 --rate 100` for more.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    rate: { type: 'string', default: '50' },
    grace: { type: 'string', default: '3000' },
    'next-upstream': { type: 'string', default: 'error non_idempotent' },
    seed: { type: 'string', default: '1' },
  },
});
const [rounds, rate, seed] = [Number(values.rounds), Number(values.rate), Number(values.seed)];
/** Between two restarts, so that nginx has the one before back: more than its `fail_timeout`. */
const BETWEEN_MS = 3_000;
/** So long several replicas make no write after their Redis has started. */
const DEADLINE_MS = 10_000;
/** Far more than a restart takes. */
const RESTART_S = 30;

// So that 'exit' is told, which ends the processes we started.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const now = new Date();
const upstream = await startUpstream(seed, now);
await upstream.slowDown();
const redis = await startRedis();
const ports: [number, number] = [await freePort(), await freePort()];
const startReplica = (port: number) =>
  startProcess({
    PORT: `${port}`,
    PARTOO_BASE_URL: upstream.url,
    REDIS_URL: redis.url,
    REPLICAS_HINT: '2',
    RATE_LIMIT_PER_MINUTE: '100000',
    RATE_LIMIT_MAX_WAIT_MS: '5000',
    TOOL_DEADLINE_MS: `${DEADLINE_MS}`,
    DRAIN_GRACE_MS: values.grace,
  });
const replicas = await Promise.all(ports.map(startReplica));
const balancer = await startBalancer(ports, values['next-upstream']);
await sleep(DEADLINE_MS);

const plan = makePlan(seed, rounds * ports.length * RESTART_S * rate, now).map(intent => ({
  ...intent,
  twice: false,
}));
const told: Told[] = [];
const over = new AbortController();
const load = steadily(rate, over.signal, async number => {
  const intent = plan[number - 1];
  if (!intent) throw new Error('the restarts took longer than was planned for');
  const answer = await ask({ name: 'nginx', killed: false, server: balancer }, intent);
  told.push({ intent, chains: [[answer]] });
});

const badEnds: string[] = [];
for (let round = 1; round <= rounds; round++) {
  for (const [index, port] of ports.entries()) {
    await sleep(BETWEEN_MS);
    note(`round ${round}: replica ${index + 1} is told to stop`);
    const code = await (replicas[index] as ServerProcess).stop('SIGTERM');
    if (code !== 0) badEnds.push(`replica ${index + 1} ended with ${code} in round ${round}`);
    note(`round ${round}: it has ended with ${code} and is started again`);
    replicas[index] = await startReplica(port);
  }
}
await sleep(BETWEEN_MS);
over.abort();
await load;

const calls = await balancer.calls();
const errors = await balancer.errors();
const ledger = await upstream.ledger();
await balancer.stop();
await Promise.all(replicas.map(replica => replica.stop('SIGINT')));
await Promise.all([closeClient(), redis.stop(), upstream.stop()]);

const writes = matchWrites(told, ledger);
const answers = told.flatMap(({ chains }) => chains.flat());
const slowest = Math.max(...answers.map(({ askedAt, answeredAt }) => answeredAt - askedAt));
reportCalls(told);
reportWrites(writes);
say(
  `\nRestarts: ${rounds * ports.length}; calls that nginx passed on to the other replica: ${passedOn(calls)}`,
);
say(`The slowest call took ${(slowest / 1_000).toFixed(1)} s`);

const lost = answers.filter(({ outcome }) => outcome !== 'done');
const holds = reportVerdicts([
  { claim: 'no call was lost', failures: lost.map(describe) },
  { claim: 'nginx met nothing but refused connections', failures: errors },
  { claim: 'every replica ended with 0', failures: badEnds },
  ...judgeWrites(writes, ledger),
]);
process.exitCode = holds ? 0 : 1;

function describe({ outcome, detail = '', askedAt, answeredAt }: (typeof answers)[number]): string {
  const [from, to] = [askedAt, answeredAt].map(secondsIntoRun);
  return `${outcome}, from ${from} to ${to}: ${detail.replaceAll(/\s+/g, ' ')}`;
}

/** nginx names each replica that it asked for a call. */
function passedOn(calls: string[]): number {
  return calls.filter(line => line.includes(', ')).length;
}
