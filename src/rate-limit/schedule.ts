import type { LimitRules } from './limit-store.ts';

export interface Slot {
  /** Tickets sort by arrival. */
  ticket: string;
  /** When Partoo has counted the request at the latest. It leaves at most `deliveryAllowanceMs` earlier. */
  countedBy: number;
}

/** A waiting call moves up to this far from now at the earliest: it checks its slot every second, and must not miss it. */
export const MIN_NOTICE_MS = 2_000;
/** Requests settle sooner than the plan assumed, so the waiting ones are planned again this often. */
export const REPLAN_EVERY_MS = 1_000;

export const keyOf = (ticket: string) => ticket.split(':')[1] ?? '';

/** Returns the ticket with another key. */
export const withKey = (ticket: string, key: string) => ticket.replace(/:[^:]*:/, `:${key}:`);

export const isWaiting = ({ countedBy }: Slot, now: number, { deliveryAllowanceMs }: LimitRules) =>
  countedBy - deliveryAllowanceMs > now;

interface BucketState {
  /** All slots that count in the window or are to come, by `countedBy`. */
  slots: readonly Slot[];
  /** A slot to add to the waiting ones. */
  newcomer?: Slot;
  now: number;
  pausedUntil: number;
  /** When a request of each key last left. */
  lastLeft: ReadonlyMap<string, number>;
}

interface KeyState {
  /** When each of its requests is counted, in order. */
  counted: number[];
  queue: Slot[];
  lastLeft: number;
  /** When its last planned slot leaves: calls of a key do not overtake each other. */
  notBefore: number;
}

/**
 * Returns when each waiting slot leaves: the earliest times that keep the rules. redis-scripts.ts has the same in Lua.
 *
 * Fairness: the keys of a bucket take turns. Each free time goes to the key whose last request left longest ago, and
 * among keys that never sent to the one that came first. So a key that floods waits behind the others, and a new key
 * waits for at most one call of each other key.
 */
export function plan(state: BucketState, rules: LimitRules): Map<Slot, number> {
  const { slots, newcomer, now, pausedUntil, lastLeft } = state;
  const { limit, keyLimit, windowMs, deliveryAllowanceMs } = rules;
  const counted: number[] = [];
  const keys = new Map<string, KeyState>();
  const stateOf = (ticket: string) => {
    const name = keyOf(ticket);
    const key = keys.get(name) ?? {
      counted: [],
      queue: [],
      lastLeft: lastLeft.get(name) ?? 0,
      notBefore: pausedUntil,
    };
    keys.set(name, key);
    return key;
  };
  for (const slot of slots) {
    const key = stateOf(slot.ticket);
    if (isWaiting(slot, now, rules)) {
      key.queue.push(slot);
    } else {
      counted.push(slot.countedBy);
      key.counted.push(slot.countedBy);
      // A slot that is due counts as departed, though its call may not have checked yet.
      key.lastLeft = Math.max(key.lastLeft, slot.countedBy - deliveryAllowanceMs);
    }
  }
  if (newcomer) stateOf(newcomer.ticket).queue.push(newcomer);

  const freeAt = (taken: number[], most: number) => {
    const last = taken[taken.length - most];
    return last === undefined ? now : last + windowMs;
  };
  const earliestFor = (slot: Slot, key: KeyState) => {
    const earliest =
      slot === newcomer ? now : Math.min(slot.countedBy - deliveryAllowanceMs, now + MIN_NOTICE_MS);
    return Math.max(key.notBefore, earliest, freeAt(counted, limit), freeAt(key.counted, keyLimit));
  };

  const times = new Map<Slot, number>();
  let rotation = [...keys.values()].filter(({ queue }) => queue.length > 0).sort(byLastLeft);
  while (rotation.length > 0) {
    let next: { key: KeyState; slot: Slot; at: number } | undefined;
    for (const key of rotation) {
      const slot = key.queue[0] as Slot;
      const at = earliestFor(slot, key);
      if (!next || at < next.at) next = { key, slot, at };
    }
    const { key, slot, at } = next as NonNullable<typeof next>;
    times.set(slot, at);
    counted.push(at + deliveryAllowanceMs);
    key.counted.push(at + deliveryAllowanceMs);
    key.queue.shift();
    key.notBefore = at;
    rotation = rotation.filter(other => other !== key);
    if (key.queue.length > 0) rotation.push(key);
  }
  return times;
}

function byLastLeft(a: KeyState, b: KeyState): number {
  const [first, second] = [a.queue[0]?.ticket ?? '', b.queue[0]?.ticket ?? ''];
  return a.lastLeft - b.lastLeft || (first < second ? -1 : 1);
}
