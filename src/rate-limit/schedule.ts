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

/** Requests of one queue keep their order, and queues take turns. */
export const queueOf = (ticket: string) => ticket.split(':')[1] ?? '';

/** The key whose limit a request counts for: a queue is a key, or `{key}.{one of the people who share it}`. */
export const keyOf = (ticket: string) => queueOf(ticket).split('.')[0] ?? '';

/** Returns the ticket with another key. */
export const withKey = (ticket: string, key: string) => ticket.replace(/:[^:.]*/, `:${key}`);

export const isWaiting = ({ countedBy }: Slot, now: number, { deliveryAllowanceMs }: LimitRules) =>
  countedBy - deliveryAllowanceMs > now;

interface BucketState {
  /** All slots that count in the window or are to come, by `countedBy`. */
  slots: readonly Slot[];
  /** A slot to add to the waiting ones. */
  newcomer?: Slot;
  now: number;
  pausedUntil: number;
  /** When a request of each queue last left. */
  lastLeft: ReadonlyMap<string, number>;
}

interface QueueState {
  /** When each request of its key is counted, in order: shared with the other queues of the key. */
  counted: number[];
  slots: Slot[];
  lastLeft: number;
  /** When its last planned slot leaves: calls of a queue do not overtake each other. */
  notBefore: number;
}

/**
 * Returns when each waiting slot leaves: the earliest times that keep the rules. redis-scripts.ts has the same in Lua.
 *
 * Fairness: the queues of a bucket take turns. Each free time goes to the queue whose last request left longest ago, and
 * among queues that never sent to the one that came first. So a queue that floods waits behind the others, and a new one
 * waits for at most one call of each other queue.
 */
export function plan(state: BucketState, rules: LimitRules): Map<Slot, number> {
  const { slots, newcomer, now, pausedUntil, lastLeft } = state;
  const { limit, keyLimit, windowMs, deliveryAllowanceMs } = rules;
  const counted: number[] = [];
  const countedOfKeys = new Map<string, number[]>();
  const queues = new Map<string, QueueState>();
  const stateOf = (ticket: string) => {
    const name = queueOf(ticket);
    const known = queues.get(name);
    if (known) return known;
    const ofKey = countedOfKeys.get(keyOf(ticket)) ?? [];
    countedOfKeys.set(keyOf(ticket), ofKey);
    const queue = { counted: ofKey, slots: [], lastLeft: lastLeft.get(name) ?? 0, notBefore: pausedUntil };
    queues.set(name, queue);
    return queue;
  };
  for (const slot of slots) {
    const queue = stateOf(slot.ticket);
    if (isWaiting(slot, now, rules)) {
      queue.slots.push(slot);
    } else {
      counted.push(slot.countedBy);
      queue.counted.push(slot.countedBy);
      // A slot that is due counts as departed, though its call may not have checked yet.
      queue.lastLeft = Math.max(queue.lastLeft, slot.countedBy - deliveryAllowanceMs);
    }
  }
  if (newcomer) stateOf(newcomer.ticket).slots.push(newcomer);

  const freeAt = (taken: number[], most: number) => {
    const last = taken[taken.length - most];
    return last === undefined ? now : last + windowMs;
  };
  const earliestFor = (slot: Slot, queue: QueueState) => {
    const earliest =
      slot === newcomer ? now : Math.min(slot.countedBy - deliveryAllowanceMs, now + MIN_NOTICE_MS);
    return Math.max(queue.notBefore, earliest, freeAt(counted, limit), freeAt(queue.counted, keyLimit));
  };

  const times = new Map<Slot, number>();
  let rotation = [...queues.values()].filter(({ slots }) => slots.length > 0).sort(byLastLeft);
  while (rotation.length > 0) {
    let next: { queue: QueueState; slot: Slot; at: number } | undefined;
    for (const queue of rotation) {
      const slot = queue.slots[0] as Slot;
      const at = earliestFor(slot, queue);
      if (!next || at < next.at) next = { queue, slot, at };
    }
    const { queue, slot, at } = next as NonNullable<typeof next>;
    times.set(slot, at);
    counted.push(at + deliveryAllowanceMs);
    queue.counted.push(at + deliveryAllowanceMs);
    queue.slots.shift();
    queue.notBefore = at;
    rotation = rotation.filter(other => other !== queue);
    if (queue.slots.length > 0) rotation.push(queue);
  }
  return times;
}

function byLastLeft(a: QueueState, b: QueueState): number {
  const [first, second] = [a.slots[0]?.ticket ?? '', b.slots[0]?.ticket ?? ''];
  return a.lastLeft - b.lastLeft || (first < second ? -1 : 1);
}
