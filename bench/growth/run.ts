import { parseArgs } from 'node:util';
import { circumstances, verdictsAsMarkdown, writeSection } from '../cost/document.ts';
import { buildOurs } from '../cost/install.ts';
import { openTestbed, type Testbed } from '../cost/testbed.ts';
import { print } from '../support/print.ts';
import { asMarkdown, asText } from '../support/table.ts';
import { printVerdicts } from '../support/verdicts.ts';
import { byCallers, byKeys } from './flatness.ts';
import { redisMemory } from './redis-memory.ts';
import { replicas } from './replicas.ts';
import { resident } from './resident.ts';
import type { Section } from './section.ts';

/**
 * Measures how the cost of a call grows with keys, callers, calls and replicas, and how much Redis stores per key.
 * `npm run bench:growth` takes ten minutes and writes docs/performance.md;
 * `npm run bench:growth -- --rounds 2 --seconds 1 --calls 10000` gives a rough idea and writes nothing. `--only` takes one of
 * keys, callers, memory, redis and replicas.
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

const runOptions = { rounds, seconds, print };

const EXPERIMENTS: Record<string, (testbed: Testbed) => Promise<Section>> = {
  keys: testbed => byKeys(testbed, runOptions),
  callers: testbed => byCallers(testbed, runOptions),
  memory: testbed => resident(testbed, { print, calls }),
  redis: redisMemory,
  replicas: testbed => replicas(testbed, runOptions),
};
const { only } = values;
if (only !== undefined && !Object.hasOwn(EXPERIMENTS, only)) {
  throw new Error(`--only ${only}: must be one of ${Object.keys(EXPERIMENTS).join(', ')}`);
}

buildOurs();
const sections: Section[] = [];
for (const [name, experiment] of Object.entries(EXPERIMENTS)) {
  if (only !== undefined && only !== name) continue;
  print(`\n${name}`);
  // A new testbed for each: no server of the last experiment may run.
  const testbed = await openTestbed();
  const section = await experiment(testbed);
  await testbed.close();
  sections.push(section);
  print(`\n${section.title}\n${asText(section.table)}`);
}

const verdicts = sections.flatMap(section => section.verdicts);
printVerdicts(verdicts, print);
if (isWhole) {
  writeSection(
    'bench:growth',
    [
      circumstances(),
      `${rounds} rounds of about ${seconds} s for each point; median (minimum–maximum).`,
      ...sections.map(({ title, table }) => `### ${title}\n\n${asMarkdown(table)}`),
      `### Targets of growth\n\n${verdictsAsMarkdown(verdicts)}`,
    ].join('\n\n'),
  );
  print('\nwrote docs/performance.md');
}
