import { chance, type LimitRules, type LimitStore, type NotedSlot, type Reservation } from './limit-store.ts';
import { isWaiting, keyOf, PLAN_EVERY_MS, plan, type Slot } from './schedule.ts';
import { SlotList } from './slot-list.ts';

interface Bucket {
  slots: SlotList;
  pausedUntil: number;
  /** Key → when a request of it last left. */
  lastLeft: Map<string, number>;
  plannedAt: number;
  /** What this process may still use, at `at`, of what all have left. */
  allowance?: { left: number; at: number };
}

/** In the place of the key: a slot that somebody uses who does not count here. */
const OTHERS = 'others';

const SWEEP_EVERY_MS = 60_000;

/** Slots in this process only: for one replica, and for the time Redis is lost. */
export class MemoryStore implements LimitStore {
  readonly #rules: LimitRules;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #arrivals = 0;
  #sweptAt = 0;

  constructor(rules: LimitRules, now: () => number = () => performance.now()) {
    this.#rules = rules;
    this.#now = now;
  }

  async reserve(name: string, key: string, maxWaitMs: number): Promise<Reservation> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    this.#applyAllowance(bucket, now);
    const newcomer = { ticket: this.#ticket(key), countedBy: now + this.#rules.travelMs };
    let waitMs = 0;
    if (!this.#hasRoom(bucket, now)) {
      const moments = plan({ ...bucket, slots: bucket.slots.all, newcomer, now }, this.#rules);
      waitMs = (moments.get(newcomer) ?? now) - now;
      const ofKey = [...moments.keys()].filter(({ ticket }) => keyOf(ticket) === key).length - 1;
      if (waitMs > maxWaitMs || (waitMs > 0 && ofKey >= this.#rules.maxWaiting)) {
        const pausedMs = Math.max(0, bucket.pausedUntil - now);
        return { granted: false, waitMs, pausedMs, bucketLeft: this.#left(bucket) };
      }
      this.#move(bucket, moments);
    }
    bucket.slots.add(newcomer);
    if (waitMs === 0) bucket.lastLeft.set(key, now);
    return {
      granted: true,
      ticket: newcomer.ticket,
      waitMs,
      remaining: this.#remaining(bucket, key),
      bucketLeft: this.#left(bucket),
    };
  }

  async turn(name: string, ticket: string): Promise<number | undefined> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    const slot = bucket.slots.find(ticket);
    if (!slot) return undefined;
    this.#applyAllowance(bucket, now);
    if (isWaiting(slot, now, this.#rules)) {
      if (now - bucket.plannedAt >= PLAN_EVERY_MS) this.#replan(bucket, now);
      return this.#leaves(slot) - now;
    }
    const leavesNow = bucket.pausedUntil <= now;
    if (leavesNow) bucket.lastLeft.set(keyOf(ticket), now);
    // A little late is within the time allowed for its way.
    if (leavesNow && now - this.#leaves(slot) <= this.#rules.travelMs / 4) return 0;
    // It leaves later than planned, now or after a pause that has come since: whoever goes a window after it must
    // move.
    bucket.slots.move(slot, Math.max(now, bucket.pausedUntil) + this.#rules.travelMs);
    this.#replan(bucket, now);
    return this.#leaves(slot) - now;
  }

  async settle(name: string, ticket: string): Promise<void> {
    const now = this.#now();
    const slots = this.#buckets.get(name)?.slots;
    const slot = slots?.find(ticket);
    if (slot) slots?.move(slot, now);
  }

  async release(name: string, ticket: string): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    const slot = bucket.slots.find(ticket);
    if (slot) bucket.slots.remove(slot);
    this.#replan(bucket, now);
  }

  async pause(name: string, ms: number): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    bucket.pausedUntil = Math.max(bucket.pausedUntil, now + ms);
    this.#replan(bucket, now);
  }

  async slotsOf(name: string, key: string): Promise<NotedSlot[]> {
    const now = this.#now();
    return this.#bucket(name, now)
      .slots.all.filter(({ ticket }) => keyOf(ticket) === key)
      .map(({ ticket, countedBy }) => ({ ticket, countedInMs: countedBy - now }));
  }

  async note(name: string, slots: NotedSlot[]): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    for (const { ticket, countedInMs } of slots) {
      const known = bucket.slots.find(ticket);
      if (known) bucket.slots.move(known, now + countedInMs);
      else bucket.slots.add({ ticket, countedBy: now + countedInMs });
    }
  }

  /**
   * Others count elsewhere, and of what they have left this process may use so much: for a window from now on it uses no
   * more than that, should it have to count by itself.
   */
  allow(name: string, left: number): void {
    const now = this.#now();
    this.#bucket(name, now).allowance = { left, at: now };
  }

  /** Everything of this process that still counts, for a store that may have missed it. */
  contents(): { bucket: string; pausedMs: number; slots: NotedSlot[] }[] {
    const now = this.#now();
    return [...this.#buckets.keys()].map(name => {
      const { slots, pausedUntil } = this.#bucket(name, now);
      return {
        bucket: name,
        pausedMs: Math.max(0, pausedUntil - now),
        slots: slots.all
          .filter(({ ticket }) => keyOf(ticket) !== OTHERS)
          .map(({ ticket, countedBy }) => ({ ticket, countedInMs: countedBy - now })),
      };
    });
  }

  /** What is beyond the allowance others have used, at the latest when it was told. */
  #applyAllowance(bucket: Bucket, now: number): void {
    const { allowance, slots } = bucket;
    if (!allowance) return;
    bucket.allowance = undefined;
    const countedBy = allowance.at + this.#rules.travelMs;
    if (countedBy <= now - this.#rules.windowMs) return;
    const used = slots.all.filter(slot => !isWaiting(slot, now, this.#rules)).length;
    for (let i = used + allowance.left; i < this.#rules.limit; i++) {
      slots.add({ ticket: this.#ticket(OTHERS), countedBy });
    }
  }

  #leaves({ countedBy }: Slot): number {
    return countedBy - this.#rules.travelMs;
  }

  /** Most calls find room at once; planning is for those that do not. */
  #hasRoom(bucket: Bucket, now: number): boolean {
    const { limit, keyLimit } = this.#rules;
    const taken = bucket.slots.all.length;
    return taken < Math.min(limit, keyLimit) && bucket.pausedUntil <= now && !this.#hasWaiting(bucket, now);
  }

  #hasWaiting({ slots }: Bucket, now: number): boolean {
    const last = slots.all.at(-1);
    return last !== undefined && isWaiting(last, now, this.#rules);
  }

  #left({ slots }: Bucket): number {
    return Math.max(0, this.#rules.limit - slots.all.length);
  }

  #remaining(bucket: Bucket, key: string): number {
    const { limit, keyLimit } = this.#rules;
    const left = this.#left(bucket);
    if (keyLimit >= limit) return left;
    const { slots } = bucket;
    const ofKey = slots.all.filter(({ ticket }) => keyOf(ticket) === key).length;
    return Math.max(0, Math.min(left, keyLimit - ofKey));
  }

  #replan(bucket: Bucket, now: number): void {
    if (!this.#hasWaiting(bucket, now)) return;
    bucket.plannedAt = now;
    this.#move(bucket, plan({ ...bucket, slots: bucket.slots.all, now }, this.#rules));
  }

  #move({ slots }: Bucket, moments: Map<Slot, number>): void {
    slots.moveAll([...moments].map(([slot, at]) => [slot, at + this.#rules.travelMs]));
  }

  /** The order of arrival in front, so that tickets sort by it; chance behind, for they travel between stores. */
  #ticket(key: string): string {
    this.#arrivals++;
    return `${String(this.#arrivals).padStart(15, '0')}:${key}:${chance()}`;
  }

  #bucket(name: string, now: number): Bucket {
    this.#sweep(now);
    const bucket = this.#buckets.get(name) ?? {
      slots: new SlotList(),
      pausedUntil: 0,
      lastLeft: new Map(),
      plannedAt: 0,
    };
    this.#buckets.set(name, bucket);
    bucket.slots.forgetUntil(now - this.#rules.windowMs);
    return bucket;
  }

  /** Forgets buckets that have gone quiet, so that memory follows the callers of the last minutes. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    for (const [name, { slots, pausedUntil, allowance }] of this.#buckets) {
      const last = Math.max(slots.all.at(-1)?.countedBy ?? 0, (allowance?.at ?? 0) + this.#rules.travelMs);
      if (last <= now - this.#rules.windowMs && pausedUntil <= now) this.#buckets.delete(name);
    }
  }
}
