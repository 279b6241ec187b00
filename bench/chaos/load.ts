import { setTimeout as sleep } from 'node:timers/promises';
import { userOfKey } from '../../src/partoo-emulator/model/keys.ts';
import { createRandom, type Random, seedOf } from '../../src/partoo-emulator/model/seeded-random.ts';
import { type Answer, ask } from './client.ts';
import type { Fleet, Member } from './fleet.ts';
import { hangUp } from './hang-up.ts';
import type { Intent } from './plan.ts';

/** What became of an intent: each chain has the answers one client got, in order. */
export interface Told {
  intent: Intent;
  chains: Answer[][];
}

export interface LoadOptions {
  seed: number;
  /** In all; each organization has the same number of them. */
  callers: number;
  /** Told after each intent how many are done. */
  onDone?: (done: number) => void;
}

/** So long that only a fleet that is stuck uses it up. */
const MOST_CALLS = 30;
const LONGEST_WAIT_S = 5;

/** Works through the plan with so many callers at a time. Those of one organization do not wait for those of another. */
export async function runLoad(fleet: Fleet, plan: readonly Intent[], options: LoadOptions): Promise<Told[]> {
  const told: Told[] = [];
  const byOrganization = [...Map.groupBy(plan, ({ key }) => userOfKey(key)?.org_id).values()];
  const callers = Math.ceil(options.callers / byOrganization.length);
  const caller = async (queue: Iterable<Intent>) => {
    for (const intent of queue) {
      told.push({ intent, chains: await pursue(fleet, intent, options.seed) });
      options.onDone?.(told.length);
    }
  };
  await Promise.all(
    byOrganization.flatMap(intents => {
      // All callers of an organization take from the one iterator.
      const queue = intents.values();
      return Array.from({ length: callers }, () => caller(queue));
    }),
  );
  return told;
}

function pursue(fleet: Fleet, intent: Intent, seed: number): Promise<Answer[][]> {
  const random = createRandom(seedOf(seed, intent.number));
  const first = fleet.pick(random);
  const starts = intent.twice ? [first, fleet.pick(random, first)] : [first];
  return Promise.all(
    starts.map((server, client) => askUntilSettled(fleet, { intent, client }, server, random)),
  );
}

/** One of the clients that want the same: the first begins as planned, others in another spelling. */
interface Client {
  intent: Intent;
  client: number;
}

/** What a sensible client does: waits as long as told and asks again, and looks once more after doubt. */
async function askUntilSettled(
  fleet: Fleet,
  { intent, client }: Client,
  first: Member,
  random: Random,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let server = first;
  let doubted = false;
  while (answers.length < MOST_CALLS) {
    const call = { ...intent, args: spelling(intent, client + answers.length) };
    const hangsUp = client === 0 && answers.length === 0 ? intent.hangUp : undefined;
    const answer = await (hangsUp ? hangUp(server, call, hangsUp, random) : ask(server, call));
    answers.push(answer);
    if (answer.outcome === 'broken') {
      server = fleet.pick(random, server);
      continue;
    }
    if (WAIT_AND_ASK.has(answer.outcome)) {
      await sleep(Math.min(answer.retryAfterSeconds ?? 1, LONGEST_WAIT_S) * 1_000);
    } else if (answer.outcome === 'outcome_unknown' && !doubted) {
      doubted = true;
    } else if (!hangsUp?.comesBack) {
      break;
    }
    server = fleet.pick(random);
  }
  return answers;
}

/** The first time as planned, then one spelling after the other. */
const spelling = ({ args, spellings }: Intent, time: number) =>
  (time > 0 && spellings[(time - 1) % spellings.length]) || args;

const WAIT_AND_ASK = new Set(['in_progress', 'writes_paused', 'rate_limited', 'partoo_unavailable']);
