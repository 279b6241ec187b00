import type { LimitRules } from './limit-store.ts';

/** A request on its way, or one that waits for its moment. */
export interface Slot {
  /** Tickets sort by arrival. */
  ticket: string;
  /** When Partoo has counted it at the latest. It leaves, or left, at most `travelMs` before. */
  countedBy: number;
}

/**
 * A waiting caller looks again every second. Who is moved up is told no moment sooner than this from now, so that
 * it will have heard of it by then.
 */
export const NOTICE_MS = 2_000;
/**
 * Requests are answered sooner than is assumed when those behind them are planned. So these are planned anew while they
 * wait, each time somebody looks and this has passed.
 */
export const PLAN_EVERY_MS = 1_000;

export const keyOf = (ticket: string) => ticket.split(':')[1] ?? '';

/** The same ticket as one of another key. */
export const ofKey = (ticket: string, key: string) => ticket.replace(/:[^:]*:/, `:${key}:`);

export const isWaiting = ({ countedBy }: Slot, now: number, { travelMs }: LimitRules) =>
  countedBy - travelMs > now;

export interface Question {
  /** All slots that count in the window or are to come, in order of `countedBy`. */
  slots: readonly Slot[];
  /** One more that wants in. */
  newcomer?: Slot;
  now: number;
  /** A pause holds everyone until then. */
  pausedUntil: number;
  /** Key → when a request of it last left. */
  lastLeft: ReadonlyMap<string, number>;
}

interface Key {
  /** By when each of its requests is counted, in order. */
  ends: number[];
  queue: Slot[];
  lastLeft: number;
  /** When the last of the queue that has a moment leaves: nobody of a key overtakes another one. */
  notBefore: number;
}

/**
 * When each waiting slot leaves: the earliest moments that keep the rules. redis-scripts.ts has the same in Lua.
 *
 * Fairness: the keys of an organization take turns. At each free moment the key goes whose last request left longest
 * ago, and of keys that have not gone yet the one that came first. So a key that floods waits behind the others, and
 * nobody starves: before a key that comes anew each other key goes once at most.
 */
export function plan(question: Question, rules: LimitRules): Map<Slot, number> {
  const { slots, newcomer, now, pausedUntil, lastLeft } = question;
  const { limit, keyLimit, windowMs, travelMs } = rules;
  const ends: number[] = [];
  const keys = new Map<string, Key>();
  const keyFor = (ticket: string) => {
    const name = keyOf(ticket);
    const key = keys.get(name) ?? {
      ends: [],
      queue: [],
      lastLeft: lastLeft.get(name) ?? 0,
      notBefore: pausedUntil,
    };
    keys.set(name, key);
    return key;
  };
  for (const slot of slots) {
    const key = keyFor(slot.ticket);
    if (isWaiting(slot, now, rules)) {
      key.queue.push(slot);
    } else {
      ends.push(slot.countedBy);
      key.ends.push(slot.countedBy);
      // One whose moment has come goes now, though it may not have said so yet.
      key.lastLeft = Math.max(key.lastLeft, slot.countedBy - travelMs);
    }
  }
  if (newcomer) keyFor(newcomer.ticket).queue.push(newcomer);

  const freeAt = (taken: number[], most: number) => {
    const last = taken[taken.length - most];
    return last === undefined ? now : last + windowMs;
  };
  const momentOf = (slot: Slot, key: Key) => {
    const earliest = slot === newcomer ? now : Math.min(slot.countedBy - travelMs, now + NOTICE_MS);
    return Math.max(key.notBefore, earliest, freeAt(ends, limit), freeAt(key.ends, keyLimit));
  };

  const moments = new Map<Slot, number>();
  let rotation = [...keys.values()].filter(({ queue }) => queue.length > 0).sort(byTurn);
  while (rotation.length > 0) {
    let next: { key: Key; slot: Slot; at: number } | undefined;
    for (const key of rotation) {
      const slot = key.queue[0] as Slot;
      const at = momentOf(slot, key);
      if (!next || at < next.at) next = { key, slot, at };
    }
    const { key, slot, at } = next as NonNullable<typeof next>;
    moments.set(slot, at);
    ends.push(at + travelMs);
    key.ends.push(at + travelMs);
    key.queue.shift();
    key.notBefore = at;
    rotation = rotation.filter(other => other !== key);
    if (key.queue.length > 0) rotation.push(key);
  }
  return moments;
}

function byTurn(a: Key, b: Key): number {
  const [first, second] = [a.queue[0]?.ticket ?? '', b.queue[0]?.ticket ?? ''];
  return a.lastLeft - b.lastLeft || (first < second ? -1 : 1);
}
