import { expect, test } from 'vitest';
import { BELIEFS } from '../../src/doctor/beliefs/index.ts';
import type { Belief } from '../../src/doctor/checks/belief.ts';
import { MUTATIONS } from './mutations.ts';
import { concerns, type Mutation, run } from './run.ts';

const LYON_1 = 'fa6845915389094280ff4ca7';

/** The area, and in larger ones what follows. */
const partOf = ({ id }: Belief) => id.replace(/^((?:analytics|presence|messages)\.\w+|\w+)\..*/, '$1');
/** The paths that each part of the beliefs asks for: those that ask for another path cannot notice a difference in it. */
const pathsOfParts = new Map<string, Set<string>>();

async function readPaths(): Promise<void> {
  for (const part of new Set(BELIEFS.map(partOf))) {
    const { paths } = await run(['--json'], undefined, undefined, belief => partOf(belief) === part);
    pathsOfParts.set(part, paths);
  }
}

const mayNotice = (belief: Belief, { path }: Mutation) =>
  belief.id.startsWith('errors.') ||
  [...(pathsOfParts.get(partOf(belief)) ?? [])].some(asked => concerns(path, asked));

test.each(MUTATIONS)('%s is reported, and nothing else', async (_, mutation, expected) => {
  if (pathsOfParts.size === 0) await readPaths();
  const { report } = await run(['--json'], mutation, undefined, belief => mayNotice(belief, mutation));
  const wrong = report.beliefs.filter(({ outcome }) => outcome === 'contradicted').map(({ id }) => id);
  expect(wrong.toSorted()).toEqual(expected.toSorted());
});

test('nothing that Partoo sent is in the output, nor the key', async () => {
  const leaky = MUTATIONS.map(([, mutation]) => mutation).filter((_, index) => index % 12 === 0);
  const named = {
    path: '/reviews',
    answer: () => ({ 'Jean Dupont': { secret: 'Canary' }, fa68459153890942: 1 }),
  };
  for (const mutation of [undefined, ...leaky, named]) {
    for (const args of [[], ['--json'], ['--json', '--write', '--business', LYON_1]]) {
      const { output, bodies } = await run(args, mutation);
      const found = textsOf(bodies).filter(text => output.includes(text));
      expect(found).toEqual([]);
      for (const text of ['demo-admin', 'Dupont', 'Canary', 'fa68459153890942', LYON_1]) {
        expect(output).not.toContain(text);
      }
    }
  }
});
/** The texts that customers or people wrote, and ids: none of them a word of the API. */
function textsOf(bodies: string[]): string[] {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && (/[^a-z_A-Z]/.test(value) || value.length > 25)) texts.add(value);
    if (typeof value === 'number' && value > 9_999) texts.add(String(value));
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const body of bodies) collect(JSON.parse(body));
  // What errors say in words that the beliefs quote.
  texts.delete('Resource not found');
  return [...texts].filter(text => text.length > 4);
}
