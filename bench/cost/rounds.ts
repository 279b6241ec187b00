import { type Callers, measureRound, type Round, type Target } from './measure.ts';
import type { Testbed } from './testbed.ts';

/** A server and its callers. */
export interface Entry {
  target: Target;
  callers: Callers;
}

export interface RoundsOptions {
  rounds: number;
  /** Approximate length of one server's round. */
  seconds: number;
  /** Calls before the first round: V8 compiles code that runs often. */
  warmUpCalls: number;
  print(text: string): void;
}

/**
 * Unmeasured calls before each round, as a share of the round. While other servers are measured V8 frees memory and drops
 * compiled code: after half a minute, the first calls cost up to a third more.
 */
const REWARM_SHARE = 0.4;

/** The kernel counts CPU time in steps of 10 ms, too coarse for fewer calls. */
const LEAST_CALLS = 400;

/**
 * Measures all entries in alternation, each round starting with another one, so that disturbances of the machine affect all
 * of them. Returns the rounds of each entry, in the order of the entries.
 */
export async function alternate(
  testbed: Testbed,
  entries: Entry[],
  options: RoundsOptions,
): Promise<Round[][]> {
  const measured: Round[][] = entries.map(() => []);
  const calls: number[] = [];
  for (const { target, callers } of entries) {
    options.print(`warming up: ${target.name}, ${target.revision}, ${target.request}`);
    calls.push(await warmUp(testbed, target, callers, options));
  }
  for (let round = 0; round < options.rounds; round++) {
    options.print(`round ${round + 1} of ${options.rounds}`);
    for (let turn = 0; turn < entries.length; turn++) {
      const index = (round + turn) % entries.length;
      const { target, callers } = entries[index] as Entry;
      const count = calls[index] ?? 0;
      // Continues after the keys of the last round, so that every key is used.
      const keys = rotated(callers.keys, round * count);
      await measureRound(testbed, target, { ...callers, keys }, Math.ceil(count * REWARM_SHARE));
      measured[index]?.push(await measureRound(testbed, target, { ...callers, keys }, count));
    }
  }
  return measured;
}

/** Returns the number of calls in a round. Afterwards the server has seen every key. */
async function warmUp(
  testbed: Testbed,
  target: Target,
  callers: Callers,
  { seconds, warmUpCalls }: RoundsOptions,
): Promise<number> {
  await measureRound(testbed, target, callers, Math.max(warmUpCalls, callers.keys.length));
  const { callsPerSecond } = await measureRound(testbed, target, callers, LEAST_CALLS);
  return Math.max(LEAST_CALLS, Math.round(callsPerSecond * seconds));
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
