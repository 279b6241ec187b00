import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { print } from '../support/print.ts';
import { asMarkdown, asText } from '../support/table.ts';
import { printVerdicts, type Verdict } from '../support/verdicts.ts';
import {
  type Baseline,
  FLOOR,
  FRAMEWORKS,
  OURS_2025,
  OURS_2026,
  OURS_REDIS_2025,
  OURS_REDIS_2026,
} from './baselines.ts';
import type { Revision } from './calls.ts';
import { costTable, type Measured } from './cost-table.ts';
import { circumstances, verdictsAsMarkdown, writeSection } from './document.ts';
import { buildOurs, installBaselines } from './install.ts';
import { measureLatency } from './latency.ts';
import { keysFor, measureRound, type Target } from './measure.ts';
import { probe } from './probe.ts';
import { commandsSent } from './redis-commands.ts';
import { alternate } from './rounds.ts';
import { measureStarts } from './start-time.ts';
import { spreadOf } from './statistics.ts';
import { judgeFloor, judgeFramework, judgeLatency, judgeList, judgeRedis, judgeStart } from './targets.ts';
import { openTestbed } from './testbed.ts';

/**
 * Compares the cost of a call with a bare proxy and with MCP frameworks: the same tools and the same Partoo, in alternating
 * rounds of one run, so that only ratios count. `npm run bench` takes 15 minutes and writes docs/performance.md;
 * `npm run bench -- --rounds 2 --seconds 1` gives a rough idea and writes nothing.
 */
const ROUNDS = 9;
const SECONDS = 2;
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: `${ROUNDS}` },
    seconds: { type: 'string', default: `${SECONDS}` },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const isWhole = rounds >= ROUNDS && seconds >= SECONDS;

/** Enough keys that none makes many more than the 300 calls per minute that Partoo allows. */
const CALLERS = { keys: keysFor(200), connections: 10 };
const WARM_UP_CALLS = 12_000;
const REDIS_CALLS = 500;
const LOAD_SHARE = 0.1;

buildOurs();
installBaselines();
const testbed = await openTestbed();

async function start(baseline: Baseline, env?: Record<string, string>): Promise<Measured> {
  const target = await testbed.start(baseline, env);
  return { baseline, target, rounds: [], bytes: Buffer.byteLength(await probe(target)) };
}

interface Lists {
  ours: Measured;
  /** The same bytes, sent by Fastify's file plugin. */
  file: Measured;
  /** The same bytes, sent from memory. */
  memory: Measured;
}

/** Starts servers that send the same bytes as `tools/list` of this server. */
async function startLists({ baseline, target: called }: Measured, directory: string): Promise<Lists> {
  const { revision } = baseline;
  const target: Target = { ...called, request: 'list' };
  const response = await probe(target);
  const bytes = Buffer.byteLength(response);
  const RESPONSE_FILE = join(directory, `${revision}.json`);
  await writeFile(RESPONSE_FILE, response);
  const startFixed = async (name: string, file: string): Promise<Measured> => {
    const fixed: Baseline = { name, file, revision };
    const target = { ...(await testbed.start(fixed, { RESPONSE_FILE })), request: 'list' as const };
    if ((await probe(target)) !== response) throw new Error(`${name}: its response differs`);
    return { baseline: fixed, target, rounds: [], bytes };
  };
  return {
    ours: { baseline: { ...baseline, name: 'partoo-mcp' }, target, rounds: [], bytes },
    file: await startFixed('static file', 'bench/bare/static-file.ts'),
    memory: await startFixed('response in memory', 'bench/bare/static-response.ts'),
  };
}

const floor = await start(FLOOR);
const ours = await start(OURS_2026);
const ours2025 = await start(OURS_2025);
const redis = await testbed.startRedis();
const oursRedis = await start(OURS_REDIS_2026, { REDIS_URL: redis.url });
const oursRedis2025 = await start(OURS_REDIS_2025);
const frameworks: Measured[] = [];
for (const framework of FRAMEWORKS) frameworks.push(await start(framework));
const calls = [floor, ours, ours2025, oursRedis, oursRedis2025, ...frameworks];

const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-bench-'));
const list = await startLists(ours, directory);
const list2025 = await startLists(ours2025, directory);
const lists = [list, list2025].flatMap(({ ours, file, memory }) => [ours, file, memory]);

const all = [...calls, ...lists];
const entries = all.map(({ target }) => ({ target, callers: CALLERS }));
const measured = await alternate(testbed, entries, { rounds, seconds, warmUpCalls: WARM_UP_CALLS, print });
for (const [index, one] of all.entries()) one.rounds = measured[index] ?? [];
await rm(directory, { recursive: true });

print('latency at 10 % load');
const perSecond = LOAD_SHARE * spreadOf(ours.rounds.map(({ callsPerSecond }) => callsPerSecond)).median;
const latency = await measureLatency(
  testbed,
  { ours: ours.target, floor: floor.target },
  { rounds: Math.ceil(rounds / 2), perSecond },
);
print('commands sent to Redis');
const sent = await commandsSent(redis.url, () =>
  measureRound(testbed, oursRedis.target, { ...CALLERS, connections: 1 }, REDIS_CALLS),
);
print('start times\n');
const starts = await measureStarts(testbed, rounds);
await testbed.close();

const ofRevision = (revision: Revision) => (revision === '2026-07-28' ? ours : ours2025);
const verdicts: Verdict[] = [
  judgeFloor('memory store, 2026-07-28', ours.rounds, floor.rounds, 'memory'),
  judgeFloor('memory store, 2025-11-25', ours2025.rounds, floor.rounds, 'memory'),
  judgeFloor('Redis store, 2026-07-28', oursRedis.rounds, floor.rounds, 'redis'),
  judgeFloor('Redis store, 2025-11-25', oursRedis2025.rounds, floor.rounds, 'redis'),
  // Pass-through tools are the usual choice with a framework. The table also has the frameworks with our columns.
  ...frameworks
    .filter(({ baseline }) => baseline.env?.RESULT === 'page')
    .map(({ baseline, rounds }) =>
      judgeFramework(baseline.name, rounds, ofRevision(baseline.revision).rounds),
    ),
  judgeList('2026-07-28', list.ours.rounds, list.file.rounds),
  judgeList('2025-11-25', list2025.ours.rounds, list2025.file.rounds),
  judgeLatency(latency),
  judgeRedis(sent, REDIS_CALLS),
  judgeStart(starts),
];

const tables = [
  { title: '`tools/call`', table: costTable(calls, 'to the floor', () => floor) },
  {
    title: '`tools/list`',
    table: costTable(lists, 'to the file', ({ baseline: { revision } }) =>
      revision === '2026-07-28' ? list.file : list2025.file,
    ),
  },
];
for (const { title, table } of tables) print(`${title.replaceAll('`', '')}\n${asText(table)}`);
const met = printVerdicts(verdicts, print);
if (isWhole) {
  writeSection(
    'bench',
    [
      circumstances(),
      `${rounds} rounds of about ${seconds} s each; median (minimum–maximum).`,
      ...tables.map(({ title, table }) => `### ${title}\n\n${asMarkdown(table)}`),
      `### Targets\n\n${verdictsAsMarkdown(verdicts)}`,
    ].join('\n\n'),
  );
  print('\nwrote docs/performance.md');
}
if (!met) process.exitCode = 1;
