import { beforeAll, describe, expect, test } from 'vitest';
import { connectV2 } from '../support/clients.ts';
import type { Actor } from './actor.ts';
import { NAMED } from './all.ts';
import { perform } from './perform.ts';
import type { Outcome } from './scenario.ts';
import { readUntouchedWorld, type World } from './world.ts';

/** This actor does nothing. A scenario that it passes checks nothing. */
const actor: Actor = { act: async says => `Done: ${says}` };

let before: World;
beforeAll(async () => {
  before = await readUntouchedWorld();
});

describe('an actor that only says that it is done', () => {
  test.concurrent.each(NAMED)('fails at: %s', async (_name, scenario) => {
    const judge = async (outcome: Outcome) => {
      const verdict = (async () => scenario.expects(outcome))();
      await expect(verdict).rejects.toMatchObject({ name: 'AssertionError' });
    };
    await perform({ scenario, connect: connectV2, actor, before, judge });
  });
});

test('there are thirty scenarios or more, each with a name of its own', () => {
  expect(NAMED.length).toBeGreaterThanOrEqual(30);
  expect(new Set(NAMED.map(([name]) => name)).size).toBe(NAMED.length);
});
