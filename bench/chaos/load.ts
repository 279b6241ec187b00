import { setTimeout as sleep } from 'node:timers/promises';
import { userOfKey } from '../../src/partoo-emulator/model/keys.ts';
import { createRandom, type Random, seedOf } from '../../src/partoo-emulator/model/seeded-random.ts';
import { type CallResult, sendCall } from './client.ts';
import type { Fleet, Member } from './fleet.ts';
import { hangUp } from './hang-up.ts';
import type { Intent } from './plan/intent.ts';

/** The results of an intent: each chain has those of one client, in order. */
export interface IntentResults {
  intent: Intent;
  chains: CallResult[][];
}

export interface LoadOptions {
  seed: number;
  /** In total, with the same number per organization. */
  callers: number;
  /** Called after each intent with the number of those done. */
  onDone?: (done: number) => void;
}

/** Only a stuck fleet needs as many. */
const MOST_CALLS = 30;
const LONGEST_WAIT_S = 5;

/** Works through the plan with concurrent callers. Callers of one organization do not wait for those of another. */
export async function runLoad(
  fleet: Fleet,
  plan: readonly Intent[],
  options: LoadOptions,
): Promise<IntentResults[]> {
  const results: IntentResults[] = [];
  const byOrganization = [...Map.groupBy(plan, ({ key }) => userOfKey(key)?.org_id).values()];
  const callers = Math.ceil(options.callers / byOrganization.length);
  const caller = async (queue: Iterable<Intent>) => {
    for (const intent of queue) {
      results.push({ intent, chains: await pursue(fleet, intent, options.seed) });
      options.onDone?.(results.length);
    }
  };
  await Promise.all(
    byOrganization.flatMap(intents => {
      // All callers of an organization take from the one iterator.
      const queue = intents.values();
      return Array.from({ length: callers }, () => caller(queue));
    }),
  );
  return results;
}

function pursue(fleet: Fleet, intent: Intent, seed: number): Promise<CallResult[][]> {
  const random = createRandom(seedOf(seed, intent.number));
  const first = fleet.pick(random);
  const starts = intent.twice ? [first, fleet.pick(random, first)] : [first];
  return Promise.all(
    starts.map((server, client) => callUntilSettled(fleet, { intent, client }, server, random)),
  );
}

/** One of the clients with the same intent: the first starts with the planned spelling, others with another one. */
interface Client {
  intent: Intent;
  client: number;
}

/** Behaves as a sensible client: waits as long as the server says before the next call, and verifies a write in doubt once. */
async function callUntilSettled(
  fleet: Fleet,
  { intent, client }: Client,
  first: Member,
  random: Random,
): Promise<CallResult[]> {
  const results: CallResult[] = [];
  let server = first;
  let doubted = false;
  while (results.length < MOST_CALLS) {
    const call = { ...intent, args: spelling(intent, client + results.length) };
    const hangsUp = client === 0 && results.length === 0 ? intent.hangUp : undefined;
    const result = await (hangsUp ? hangUp(server, call, hangsUp, random) : sendCall(server, call));
    results.push(result);
    if (result.outcome === 'broken') {
      server = fleet.pick(random, server);
      continue;
    }
    if (WAIT_AND_CALL_AGAIN.has(result.outcome)) {
      await sleep(Math.min(result.retryAfterSeconds ?? 1, LONGEST_WAIT_S) * 1_000);
    } else if (result.outcome === 'outcome_unknown' && !doubted) {
      doubted = true;
    } else if (!hangsUp?.comesBack) {
      break;
    }
    server = fleet.pick(random);
  }
  return results;
}

/** The planned spelling first, then each of the others. */
const spelling = ({ args, spellings }: Intent, time: number) =>
  (time > 0 && spellings[(time - 1) % spellings.length]) || args;

const WAIT_AND_CALL_AGAIN = new Set(['in_progress', 'writes_paused', 'rate_limited', 'partoo_unavailable']);
