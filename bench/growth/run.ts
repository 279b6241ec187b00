import { parseArgs } from 'node:util';
import { circumstances, verdictsAsMarkdown, writeSection } from '../cost/document.ts';
import { openStage, type Stage } from '../cost/environment.ts';
import { buildOurs } from '../cost/install.ts';
import { asMarkdown, asText } from '../support/table.ts';
import { sayVerdicts } from '../support/verdicts.ts';
import { byCallers, byKeys } from './flatness.ts';
import type { Part } from './part.ts';
import { redisMemory } from './redis-memory.ts';
import { replicas } from './replicas.ts';
import { resident } from './resident.ts';

/**
 * Whether a call stays as cheap when there are more keys, more callers, more calls and more replicas, and what Redis
 * keeps of a key. `npm run bench:growth`, ten minutes, writes docs/performance.md;
 * `npm run bench:growth -- --rounds 2 --seconds 1 --calls 10000` is for a look, and writes nothing. `--only keys` is one
 * of keys, callers, memory, redis, replicas.
 */
const ROUNDS = 5;
const SECONDS = 2;
const CALLS = 100_000;
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: `${ROUNDS}` },
    seconds: { type: 'string', default: `${SECONDS}` },
    calls: { type: 'string', default: `${CALLS}` },
    only: { type: 'string' },
  },
});
const [rounds, seconds, calls] = [Number(values.rounds), Number(values.seconds), Number(values.calls)];
const isWhole = rounds >= ROUNDS && seconds >= SECONDS && calls >= CALLS && values.only === undefined;

const say = (text: string) => process.stdout.write(`${text}\n`);
const effort = { rounds, seconds, say };

const EXPERIMENTS: Record<string, (stage: Stage) => Promise<Part>> = {
  keys: stage => byKeys(stage, effort),
  callers: stage => byCallers(stage, effort),
  memory: stage => resident(stage, { say, calls }),
  redis: redisMemory,
  replicas: stage => replicas(stage, effort),
};
const { only } = values;
if (only !== undefined && !Object.hasOwn(EXPERIMENTS, only)) {
  throw new Error(`--only ${only}: it is one of ${Object.keys(EXPERIMENTS).join(', ')}`);
}

buildOurs();
const parts: Part[] = [];
for (const [name, experiment] of Object.entries(EXPERIMENTS)) {
  if (only !== undefined && only !== name) continue;
  say(`\n${name}`);
  // Each has the machine for itself: no server of the one before is left.
  const stage = await openStage();
  const part = await experiment(stage);
  await stage.close();
  parts.push(part);
  say(`\n${part.title}\n${asText(part.table)}`);
}

const verdicts = parts.flatMap(part => part.verdicts);
sayVerdicts(verdicts, say);
if (isWhole) {
  writeSection(
    'bench:growth',
    [
      circumstances(),
      `${rounds} rounds of about ${seconds} s for each point; median (least–most).`,
      ...parts.map(({ title, table }) => `### ${title}\n\n${asMarkdown(table)}`),
      `### Targets of growth\n\n${verdictsAsMarkdown(verdicts)}`,
    ].join('\n\n'),
  );
  say('\ndocs/performance.md is written');
}
