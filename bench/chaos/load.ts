import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random, seedOf } from '../../src/sandbox/random.ts';
import { type Answer, ask } from './client.ts';
import type { Fleet, Member } from './fleet.ts';
import type { Intent } from './plan.ts';

/** What became of an intent: each chain has the answers one client got, in order. */
export interface Told {
  intent: Intent;
  chains: Answer[][];
}

export interface LoadOptions {
  seed: number;
  callers: number;
  /** Told after each intent how many are done. */
  onDone?: (done: number) => void;
}

/** So long that only a fleet that is stuck uses it up. */
const MOST_CALLS = 20;
const LONGEST_WAIT_S = 5;
/** How many callers hang up on their first call, at any moment of it, and ask again. */
const LEAVES = 0.1;
const LEAVES_WITHIN_MS = 1_500;

/** Works through the plan with so many callers at a time. */
export async function runLoad(fleet: Fleet, plan: readonly Intent[], options: LoadOptions): Promise<Told[]> {
  const told: Told[] = [];
  const queue = plan.values();
  const caller = async () => {
    // All callers take from the one iterator.
    for (const intent of queue) {
      told.push({ intent, chains: await pursue(fleet, intent, options.seed) });
      options.onDone?.(told.length);
    }
  };
  await Promise.all(Array.from({ length: options.callers }, caller));
  return told;
}

function pursue(fleet: Fleet, intent: Intent, seed: number): Promise<Answer[][]> {
  const random = createRandom(seedOf(seed, intent.number));
  const first = fleet.pick(random);
  const starts = intent.twice ? [first, fleet.pick(random, first)] : [first];
  return Promise.all(starts.map(server => askUntilSettled(fleet, intent, server, random)));
}

/** What a sensible client does: waits as long as told and asks again, and looks once more after doubt. */
async function askUntilSettled(
  fleet: Fleet,
  intent: Intent,
  first: Member,
  random: Random,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let server = first;
  let doubted = false;
  while (answers.length < MOST_CALLS) {
    const leaves = answers.length === 0 && random.chance(LEAVES);
    const answer = await ask(server, intent, leaves ? leavesAfterMs(random) : undefined);
    answers.push(answer);
    if (answer.outcome === 'broken' || answer.outcome === 'left') {
      server = fleet.pick(random, server);
      continue;
    }
    if (WAIT_AND_ASK.has(answer.outcome)) {
      await sleep(Math.min(answer.retryAfterSeconds ?? 1, LONGEST_WAIT_S) * 1_000);
    } else if (answer.outcome === 'outcome_unknown' && !doubted) {
      doubted = true;
    } else {
      break;
    }
    server = fleet.pick(random);
  }
  return answers;
}

/** Mostly soon: calls that meet no fault take some milliseconds. */
const leavesAfterMs = (random: Random) => Math.floor(random.next() ** 4 * LEAVES_WITHIN_MS);

const WAIT_AND_ASK = new Set(['in_progress', 'rate_limited', 'partoo_unavailable']);
