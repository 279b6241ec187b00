import { beforeAll, describe, expect, test } from 'vitest';
import { connectV1, connectV2 } from '../support/clients.ts';
import { type Actor, chosenActor, scripted } from './actor.ts';
import { SCENARIOS } from './all.ts';
import { perform } from './perform.ts';
import { readUntouchedWorld, type World } from './world.ts';

const ERAS = [
  { era: '2026-07-28', connect: connectV2 },
  { era: '2025', connect: connectV1 },
];

const chosen = await chosenActor();
/** A model thinks longer than a script. */
const TIMEOUT_MS = chosen ? 300_000 : 20_000;

/** Whole: a name out of an object is cut in the title. */
const NAMED = SCENARIOS.map(scenario => [scenario.name, scenario] as const);

let before: World;
beforeAll(async () => {
  before = await readUntouchedWorld();
});

describe.each(ERAS)('asked in $era', ({ connect }) => {
  test.concurrent.each(NAMED)('%s', { timeout: TIMEOUT_MS }, async (_name, scenario) => {
    const actor = chosen ?? scripted(scenario.script);
    await perform({ scenario, connect, actor, before, judge: scenario.expects });
  });
});

const onlyTalks: Actor = { act: async says => `Done: ${says}` };

describe('whoever only says that it is done', () => {
  test.concurrent.each(NAMED)('fails at: %s', async (_name, scenario) => {
    const judge = async (...[outcome]: Parameters<typeof scenario.expects>) => {
      const verdict = (async () => scenario.expects(outcome))();
      await expect(verdict).rejects.toMatchObject({ name: 'AssertionError' });
    };
    await perform({ scenario, connect: connectV2, actor: onlyTalks, before, judge });
  });
});

describe('the scenarios', () => {
  test('are thirty or more, each with a name of its own', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
  });
});
