import { beforeAll, describe, expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { connectV1, connectV2 } from '../support/clients.ts';
import { type Actor, chosenActor, scripted } from './actor.ts';
import { NAMED } from './all.ts';
import { perform } from './perform.ts';
import { readUntouchedWorld, type World } from './world.ts';

const ERAS = [
  { era: '2026-07-28', connect: connectV2 },
  { era: '2025', connect: connectV1 },
];

const chosen = await chosenActor();
/** A model takes longer than a script. */
const TIMEOUT_MS = chosen ? 300_000 : 60_000;

let before: World;
beforeAll(async () => {
  before = await readUntouchedWorld();
});

describe.each(ERAS)('over $era', ({ connect }) => {
  /** The tools that returned a result. */
  const used = new Set<string>();
  let performed = 0;

  test.concurrent.each(NAMED)('%s', { timeout: TIMEOUT_MS }, async (_name, scenario) => {
    const actor = noting(used, chosen ?? scripted(scenario.script));
    await perform({ scenario, connect, actor, before, judge: scenario.expects });
    performed += 1;
  });

  test.skipIf(chosen)('some scenario uses each tool with success', ({ skip }) => {
    // A filter such as `-t` leaves some out.
    skip(performed < NAMED.length, 'not every scenario was performed');
    expect(tools.map(({ name }) => name).filter(name => !used.has(name))).toEqual([]);
  });
});

const noting = (used: Set<string>, actor: Actor): Actor => ({
  act: (says, assistant) =>
    actor.act(says, {
      ...assistant,
      async call(tool, args) {
        const result = await assistant.call(tool, args);
        if (!result.isError) used.add(tool);
        return result;
      },
    }),
});
