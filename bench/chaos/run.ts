import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startRedis } from '../../test/support/redis-process.ts';
import { tcpProxy } from '../../test/support/tcp-proxy.ts';
import { closeClient } from './client.ts';
import { startFleet } from './fleet.ts';
import { createIncidents } from './incidents.ts';
import { judgeEmpty } from './judge-empty.ts';
import { judgeLimit, mostInWindow } from './judge-limit.ts';
import { judgeOutage, refusalsDuring } from './judge-outage.ts';
import { judgeOutcomes } from './judge-outcomes.ts';
import { judgeWrites, matchWrites } from './judge-writes.ts';
import { runLoad } from './load.ts';
import { MEASURABLE } from './memory.ts';
import { createMemoryLog } from './memory-log.ts';
import { note, print, secondsIntoRun } from './notes.ts';
import { makePlan, planReads } from './plan/plan.ts';
import {
  reportCalls,
  reportLimit,
  reportOutage,
  reportRedis,
  reportUpstream,
  reportVerdicts,
  reportWrites,
} from './report.ts';
import { startUpstream } from './upstream-process.ts';

/**
 * Sends calls to three servers on one Redis while the upstream fails, clients disconnect, processes die and connections to
 * Redis break. Then compares the results that clients got with what the upstream did.
 * `npm run chaos -- --calls 1000 --seed 7`; the default takes some minutes.
 */
const { values } = parseArgs({
  options: { calls: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [calls, seed] = [Number(values.calls), Number(values.seed)];
if (!(calls > 0 && Number.isInteger(seed))) throw new Error('--calls and --seed are numbers');
const CALLERS = 50;
const WARM_UP_CALLS = 600;
const SERVERS = ['A', 'B', 'C'];
/** Per organization: somewhat less than its clients call for. */
const LIMIT = { perMinute: 1_200, shareOfServer: 1_200 / SERVERS.length };
const SETTLE_MS = 15_000;

const now = new Date();
const upstream = await startUpstream(seed, now);
const redis = await startRedis({ appendonly: true });
const wireOfA = await tcpProxy('127.0.0.1', redis.port);
const fleet = await startFleet(
  place => ({
    PARTOO_BASE_URL: upstream.url,
    REDIS_URL: place === 'A' ? `redis://127.0.0.1:${wireOfA.port}` : redis.url,
    RATE_LIMIT_PER_MINUTE: String(LIMIT.perMinute),
    RATE_LIMIT_MAX_WAIT_MS: '10000',
    TOOL_DEADLINE_MS: '20000',
    UPSTREAM_TIMEOUT_MS: '2000',
    WRITE_MEMORY_SECONDS: '600',
    REPLICAS_HINT: String(SERVERS.length),
    MAX_CALLS_IN_FLIGHT_PER_KEY: '1000',
    MAX_WAITING_PER_KEY: '1000',
    ...MEASURABLE,
  }),
  SERVERS,
);
const memory = createMemoryLog(fleet);

const warmUp = await runLoad(fleet, planReads(seed + 1, WARM_UP_CALLS, now), { seed, callers: CALLERS });
await memory.sample('warmed up');
await upstream.misbehave();
note(`${calls} calls, seed ${seed}`);

const incidents = createIncidents({ fleet, redis, wireOfA, upstream }, calls);
const results = await runLoad(fleet, makePlan(seed, calls, now), {
  seed,
  callers: CALLERS,
  onDone(done) {
    incidents.onDone(done);
    if (done % Math.ceil(calls / 10) === 0) note(`${done} calls done`);
  },
});
await incidents.over();
await memory.sample('at the end');
await sleep(SETTLE_MS);
await memory.sample(`${SETTLE_MS / 1_000} s later`);

// After the pause: a slow request may be carried out after its client has disconnected.
const record = await upstream.record();
const badEnds = await fleet.stop();
const complaints = fleet.everyone.flatMap(({ name, complaints }) =>
  complaints.map(line => `${name}: ${line}`),
);
await closeClient();
await wireOfA.close();
await redis.stop();
await upstream.stop();

const writes = matchWrites(results, record);
reportCalls(results);
reportUpstream(record);
reportWrites(writes);
reportRedis(incidents.redisAway);
reportLimit(LIMIT.perMinute, mostInWindow(record, incidents.redisAway));
reportOutage(incidents.outages, refusalsDuring(incidents.outages, results));
print(`\nMemory\n${memory.lines().join('\n')}\n\nThe whole run took ${secondsIntoRun(Date.now())}`);

const holds = reportVerdicts([
  ...judgeWrites(writes, record),
  ...judgeOutcomes([...warmUp, ...results]),
  judgeEmpty([...warmUp, ...results]),
  ...judgeLimit(record, incidents.redisAway, LIMIT),
  judgeOutage(incidents.outages, results),
  { claim: 'every server ran until it was stopped, and exited with 0', failures: badEnds },
  { claim: 'no server logged an error or printed to stderr', failures: complaints },
  memory.judge(),
]);
process.exitCode = holds ? 0 : 1;
