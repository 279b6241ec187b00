import { type Callers, measureRound, type Round, type Target } from './measure.ts';
import type { Stage } from './stage.ts';

/** A server with the callers that it is measured with. */
export interface Entry {
  target: Target;
  callers: Callers;
}

export interface RoundsOptions {
  rounds: number;
  /** How long a round of one server takes, about. */
  seconds: number;
  /** How long each is called before. */
  warmUpSeconds: number;
  say(text: string): void;
}

/** To learn how fast a server is. */
const FIRST_CALLS = 200;

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
  { seconds, warmUpSeconds }: RoundsOptions,
): Promise<number> {
  const first = await measureRound(stage, target, callers, Math.max(FIRST_CALLS, callers.keys.length));
  const warming = Math.max(FIRST_CALLS, Math.round(first.callsPerSecond * warmUpSeconds));
  const warm = await measureRound(stage, target, callers, warming);
  return Math.max(FIRST_CALLS, Math.round(warm.callsPerSecond * seconds));
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
