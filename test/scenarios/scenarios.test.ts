import { beforeAll, describe, test } from 'vitest';
import { connectV1, connectV2 } from '../support/clients.ts';
import { chosenActor, scripted } from './actor.ts';
import { NAMED } from './all.ts';
import { perform } from './perform.ts';
import { readUntouchedWorld, type World } from './world.ts';

const ERAS = [
  { era: '2026-07-28', connect: connectV2 },
  { era: '2025', connect: connectV1 },
];

const chosen = await chosenActor();
/** A model takes longer than a script. */
const TIMEOUT_MS = chosen ? 300_000 : 20_000;

let before: World;
beforeAll(async () => {
  before = await readUntouchedWorld();
});

describe.each(ERAS)('over $era', ({ connect }) => {
  test.concurrent.each(NAMED)('%s', { timeout: TIMEOUT_MS }, async (_name, scenario) => {
    const actor = chosen ?? scripted(scenario.script);
    await perform({ scenario, connect, actor, before, judge: scenario.expects });
  });
});
