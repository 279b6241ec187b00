import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asMarkdown, asText } from '../support/table.ts';
import { sayVerdicts, type Verdict } from '../support/verdicts.ts';
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
import { openStage } from './environment.ts';
import { buildOurs, installBaselines } from './install.ts';
import { measureLatency } from './latency.ts';
import { keysFor, measureRound, type Target } from './measure.ts';
import { probe } from './probe.ts';
import { commandsSent } from './redis-commands.ts';
import { alternate } from './rounds.ts';
import { measureStarts } from './start-time.ts';
import { spreadOf } from './statistics.ts';
import { judgeFloor, judgeFramework, judgeLatency, judgeList, judgeRedis, judgeStart } from './targets.ts';

/**
 * What a call costs here, beside a bare proxy and the frameworks one could have taken instead: the same tools, the same
 * Partoo, in one run and in turn, so that only ratios count. `npm run bench`, a quarter of an hour, writes docs/performance.md;
 * `npm run bench -- --rounds 2 --seconds 1` is for a look, and writes nothing.
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

/** So many that none makes much more than the 300 calls a minute that Partoo allows. */
const CALLERS = { keys: keysFor(200), connections: 10 };
const WARM_UP_CALLS = 12_000;
const REDIS_CALLS = 500;
const LOAD_SHARE = 0.1;

const say = (text: string) => process.stdout.write(`${text}\n`);

buildOurs();
installBaselines();
const stage = await openStage();

async function start(baseline: Baseline, env?: Record<string, string>): Promise<Measured> {
  const target = await stage.start(baseline, env);
  return { baseline, target, rounds: [], bytes: Buffer.byteLength(await probe(target)) };
}

interface Lists {
  ours: Measured;
  /** The same bytes, as Fastify sends files. */
  file: Measured;
  /** And from memory. */
  memory: Measured;
}

/** `tools/list` of a server, and servers that have nothing to do but send the same bytes. */
async function startLists({ baseline, target: called }: Measured, directory: string): Promise<Lists> {
  const { revision } = baseline;
  const target: Target = { ...called, asks: 'list' };
  const answer = await probe(target);
  const bytes = Buffer.byteLength(answer);
  const ANSWER_FILE = join(directory, `${revision}.json`);
  await writeFile(ANSWER_FILE, answer);
  const startFixed = async (name: string, file: string): Promise<Measured> => {
    const fixed: Baseline = { name, file, revision };
    const target = { ...(await stage.start(fixed, { ANSWER_FILE })), asks: 'list' as const };
    if ((await probe(target)) !== answer) throw new Error(`${name}: it is another answer`);
    return { baseline: fixed, target, rounds: [], bytes };
  };
  return {
    ours: { baseline: { ...baseline, name: 'partoo-mcp' }, target, rounds: [], bytes },
    file: await startFixed('static file', 'bench/bare/static-file.ts'),
    memory: await startFixed('answer in memory', 'bench/bare/static-answer.ts'),
  };
}

const floor = await start(FLOOR);
const ours = await start(OURS_2026);
const ours2025 = await start(OURS_2025);
const redis = await stage.startRedis();
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
const measured = await alternate(stage, entries, { rounds, seconds, warmUpCalls: WARM_UP_CALLS, say });
for (const [index, one] of all.entries()) one.rounds = measured[index] ?? [];
await rm(directory, { recursive: true });

say('latency at 10 % load');
const perSecond = LOAD_SHARE * spreadOf(ours.rounds.map(({ callsPerSecond }) => callsPerSecond)).median;
const latency = await measureLatency(
  stage,
  { ours: ours.target, floor: floor.target },
  { rounds: Math.ceil(rounds / 2), perSecond },
);
say('commands sent to Redis');
const sent = await commandsSent(redis.url, () =>
  measureRound(stage, oursRedis.target, { ...CALLERS, connections: 1 }, REDIS_CALLS),
);
say('starts\n');
const starts = await measureStarts(stage, rounds);
await stage.close();

const ofRevision = (revision: Revision) => (revision === '2026-07-28' ? ours : ours2025);
const verdicts: Verdict[] = [
  judgeFloor('memory store, 2026-07-28', ours.rounds, floor.rounds, 'memory'),
  judgeFloor('memory store, 2025-11-25', ours2025.rounds, floor.rounds, 'memory'),
  judgeFloor('Redis store, 2026-07-28', oursRedis.rounds, floor.rounds, 'redis'),
  judgeFloor('Redis store, 2025-11-25', oursRedis2025.rounds, floor.rounds, 'redis'),
  // As those who take a framework do: the tool passes on what it gets. Beside it the table shows what is left when it does not.
  ...frameworks
    .filter(({ baseline }) => baseline.env?.ANSWER === 'page')
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
for (const { title, table } of tables) say(`${title.replaceAll('`', '')}\n${asText(table)}`);
const met = sayVerdicts(verdicts, say);
if (isWhole) {
  writeSection(
    'bench',
    [
      circumstances(),
      `${rounds} rounds of about ${seconds} s each; median (least–most).`,
      ...tables.map(({ title, table }) => `### ${title}\n\n${asMarkdown(table)}`),
      `### Targets\n\n${verdictsAsMarkdown(verdicts)}`,
    ].join('\n\n'),
  );
  say('\ndocs/performance.md is written');
}
if (!met) process.exitCode = 1;
