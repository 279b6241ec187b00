import type { Stage } from './environment.ts';
import { type Callers, measureRound, type Round, type Target } from './measure.ts';

/** A server with the callers that it is measured with. */
export interface Entry {
  target: Target;
  callers: Callers;
}

export interface RoundsOptions {
  rounds: number;
  /** How long a round of one server takes, about. */
  seconds: number;
  /** How often each is called before: code is compiled by how often it runs. */
  warmUpCalls: number;
  say(text: string): void;
}

/**
 * While others have their turn V8 gives memory back and drops compiled code: the first calls after half a minute cost up
 * to a third more. Calls before each round, as a share of it, wake a server up.
 */
const WAKE_UP_SHARE = 0.4;

/** CPU is counted in steps of 10 ms: of fewer calls it would say little. */
const LEAST_CALLS = 400;

/**
 * Measures all of them in turn, round after round, each time beginning with another: what the machine does meanwhile
 * meets all of them. Answers the rounds of each, in the order given.
 */
export async function alternate(stage: Stage, entries: Entry[], options: RoundsOptions): Promise<Round[][]> {
  const measured: Round[][] = entries.map(() => []);
  const calls: number[] = [];
  for (const { target, callers } of entries) {
    options.say(`warming up: ${target.name}, ${target.revision}, ${target.asks}`);
    calls.push(await warmUp(stage, target, callers, options));
  }
  for (let round = 0; round < options.rounds; round++) {
    options.say(`round ${round + 1} of ${options.rounds}`);
    for (let turn = 0; turn < entries.length; turn++) {
      const index = (round + turn) % entries.length;
      const { target, callers } = entries[index] as Entry;
      const count = calls[index] ?? 0;
      // Goes on where the last round ended, so that every key is used again.
      const keys = rotated(callers.keys, round * count);
      await measureRound(stage, target, { ...callers, keys }, Math.ceil(count * WAKE_UP_SHARE));
      measured[index]?.push(await measureRound(stage, target, { ...callers, keys }, count));
    }
  }
  return measured;
}

/** Answers how many calls a round takes. Every key is known afterwards. */
async function warmUp(
  stage: Stage,
  target: Target,
  callers: Callers,
  { seconds, warmUpCalls }: RoundsOptions,
): Promise<number> {
  await measureRound(stage, target, callers, Math.max(warmUpCalls, callers.keys.length));
  const { callsPerSecond } = await measureRound(stage, target, callers, LEAST_CALLS);
  return Math.max(LEAST_CALLS, Math.round(callsPerSecond * seconds));
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
