import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../test/support/free-port.ts';
import { type ServerProcess, startProcess } from '../../test/support/process.ts';
import { startRedis } from '../../test/support/redis-process.ts';
import { closeClient, sendCall } from '../chaos/client.ts';
import { judgeWrites, matchWrites } from '../chaos/judge-writes.ts';
import type { IntentResults } from '../chaos/load.ts';
import { note, print, secondsIntoRun } from '../chaos/notes.ts';
import { makePlan } from '../chaos/plan/plan.ts';
import { reportCalls, reportVerdicts, reportWrites } from '../chaos/report.ts';
import { startUpstream } from '../chaos/upstream-process.ts';
import { exitOnSignals } from '../support/exit-on-signals.ts';
import { steadily } from '../support/steadily.ts';
import { startBalancer } from './balancer.ts';

/**
 * Restarts two replicas behind nginx in turn by SIGTERM, while clients send reads and writes at a steady rate. Clients do
 * not retry: a call without a result is lost.
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
/** Between restarts, longer than nginx's `fail_timeout`: nginx must use the last replica again. */
const BETWEEN_MS = 3_000;
/** For this long after Redis has started, replicas refuse writes. */
const DEADLINE_MS = 10_000;
/** Longer than any restart takes. */
const RESTART_S = 30;

exitOnSignals();

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
const results: IntentResults[] = [];
const over = new AbortController();
const load = steadily(rate, over.signal, async number => {
  const intent = plan[number - 1];
  if (!intent) throw new Error('the restarts took longer than planned');
  const result = await sendCall({ name: 'nginx', killed: false, server: balancer }, intent);
  results.push({ intent, chains: [[result]] });
});

const badEnds: string[] = [];
for (let round = 1; round <= rounds; round++) {
  for (const [index, port] of ports.entries()) {
    await sleep(BETWEEN_MS);
    note(`round ${round}: replica ${index + 1} gets SIGTERM`);
    const code = await (replicas[index] as ServerProcess).stop('SIGTERM');
    if (code !== 0) badEnds.push(`replica ${index + 1} exited with ${code} in round ${round}`);
    note(`round ${round}: it exited with ${code} and starts again`);
    replicas[index] = await startReplica(port);
  }
}
await sleep(BETWEEN_MS);
over.abort();
await load;

const calls = await balancer.calls();
const errors = await balancer.errors();
const record = await upstream.record();
await balancer.stop();
await Promise.all(replicas.map(replica => replica.stop('SIGINT')));
await Promise.all([closeClient(), redis.stop(), upstream.stop()]);

const writes = matchWrites(results, record);
const calledOnce = results.flatMap(({ chains }) => chains.flat());
const slowest = Math.max(...calledOnce.map(({ startedAt, endedAt }) => endedAt - startedAt));
reportCalls(results);
reportWrites(writes);
print(
  `\nRestarts: ${rounds * ports.length}; calls that nginx retried on the other replica: ${passedOn(calls)}`,
);
print(`The slowest call took ${(slowest / 1_000).toFixed(1)} s`);

const lost = calledOnce.filter(({ outcome }) => outcome !== 'done');
const holds = reportVerdicts([
  { claim: 'no call was lost', failures: lost.map(describe) },
  { claim: 'nginx logged only refused connections', failures: errors },
  { claim: 'every replica exited with 0', failures: badEnds },
  ...judgeWrites(writes, record),
]);
process.exitCode = holds ? 0 : 1;

function describe({ outcome, detail = '', startedAt, endedAt }: (typeof calledOnce)[number]): string {
  const [from, to] = [startedAt, endedAt].map(secondsIntoRun);
  return `${outcome}, from ${from} to ${to}: ${detail.replaceAll(/\s+/g, ' ')}`;
}

/** Counts the log lines that name more than one replica. */
function passedOn(calls: string[]): number {
  return calls.filter(line => line.includes(', ')).length;
}
