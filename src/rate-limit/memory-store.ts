import {
  type LimitRules,
  type LimitStore,
  type Reservation,
  randomSuffix,
  type SlotSnapshot,
} from './limit-store.ts';
import { isWaiting, keyOf, plan, queueOf, REPLAN_EVERY_MS, type Slot } from './schedule.ts';
import { SlotList } from './slot-list.ts';

interface Bucket {
  slots: SlotList;
  pausedUntil: number;
  /** When a request of each queue last left. */
  lastLeft: Map<string, number>;
  plannedAt: number;
  /** What this process may use of what all replicas had left at `at`. */
  cap?: { left: number; at: number };
}

/** In place of a key: a slot that another replica uses. */
const OTHER_REPLICAS = 'others';

const SWEEP_EVERY_MS = 60_000;

/** Slots of this process only: for a single replica, and while Redis is lost. */
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

  async reserve(name: string, queue: string, maxWaitMs: number): Promise<Reservation> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    this.#applyCap(bucket, now);
    const newcomer = { ticket: this.#ticket(queue), countedBy: now + this.#rules.deliveryAllowanceMs };
    let waitMs = 0;
    if (!this.#hasRoom(bucket, now)) {
      const times = plan({ ...bucket, slots: bucket.slots.all, newcomer, now }, this.#rules);
      waitMs = (times.get(newcomer) ?? now) - now;
      const waiting = [...times.keys()].filter(({ ticket }) => queueOf(ticket) === queue).length - 1;
      if (waitMs > maxWaitMs || (waitMs > 0 && waiting >= this.#rules.maxWaiting)) {
        const pausedMs = Math.max(0, bucket.pausedUntil - now);
        return { granted: false, waitMs, pausedMs, bucketLeft: this.#left(bucket) };
      }
      this.#move(bucket, times);
    }
    bucket.slots.put(newcomer.ticket, newcomer.countedBy);
    if (waitMs === 0) bucket.lastLeft.set(queue, now);
    return {
      granted: true,
      ticket: newcomer.ticket,
      waitMs,
      remaining: this.#remaining(bucket, newcomer.ticket),
      bucketLeft: this.#left(bucket),
    };
  }

  async remainingWait(name: string, ticket: string): Promise<number | undefined> {
    const { deliveryAllowanceMs } = this.#rules;
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    const slot = bucket.slots.find(ticket);
    if (!slot) return undefined;
    this.#applyCap(bucket, now);
    const wait = () => slot.countedBy - deliveryAllowanceMs - now;
    if (isWaiting(slot, now, this.#rules)) {
      if (now - bucket.plannedAt >= REPLAN_EVERY_MS) this.#replan(bucket, now);
      return wait();
    }
    const leavesNow = bucket.pausedUntil <= now;
    if (leavesNow) bucket.lastLeft.set(queueOf(ticket), now);
    // The delivery allowance covers leaving a little late.
    if (leavesNow && -wait() <= deliveryAllowanceMs / 4) return 0;
    // It leaves later than planned, and so does every slot that was to leave a window after it.
    bucket.slots.put(ticket, Math.max(now, bucket.pausedUntil) + deliveryAllowanceMs);
    this.#replan(bucket, now);
    return wait();
  }

  async settle(name: string, ticket: string): Promise<void> {
    const slots = this.#buckets.get(name)?.slots;
    if (slots?.find(ticket)) slots.put(ticket, this.#now());
  }

  async release(name: string, ticket: string): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    bucket.slots.remove(ticket);
    this.#replan(bucket, now);
  }

  async pause(name: string, ms: number): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    bucket.pausedUntil = Math.max(bucket.pausedUntil, now + ms);
    this.#replan(bucket, now);
  }

  async slotsOf(name: string, key: string): Promise<SlotSnapshot[]> {
    const now = this.#now();
    const ofKey = this.#bucket(name, now).slots.all.filter(({ ticket }) => keyOf(ticket) === key);
    return ofKey.map(slot => snapshot(slot, now));
  }

  async importSlots(name: string, slots: SlotSnapshot[]): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    for (const { ticket, countedInMs } of slots) bucket.slots.put(ticket, now + countedInMs);
  }

  /**
   * Caps what this process may still use of the bucket, for one window from now. The cap applies only if Redis is lost in that
   * time, and this process has to count alone.
   */
  capRemaining(name: string, left: number): void {
    const now = this.#now();
    this.#bucket(name, now).cap = { left, at: now };
  }

  /** Returns everything of this process that still counts, for a resync. */
  snapshots(): { bucket: string; pausedMs: number; slots: SlotSnapshot[] }[] {
    const now = this.#now();
    return [...this.#buckets.keys()].map(name => {
      const { slots, pausedUntil } = this.#bucket(name, now);
      const own = slots.all.filter(({ ticket }) => keyOf(ticket) !== OTHER_REPLICAS);
      return {
        bucket: name,
        pausedMs: Math.max(0, pausedUntil - now),
        slots: own.map(slot => snapshot(slot, now)),
      };
    });
  }

  /** Fills what exceeds the cap with slots of other replicas. */
  #applyCap(bucket: Bucket, now: number): void {
    const { cap, slots } = bucket;
    if (!cap) return;
    bucket.cap = undefined;
    const countedBy = cap.at + this.#rules.deliveryAllowanceMs;
    if (countedBy <= now - this.#rules.windowMs) return;
    const used = slots.all.filter(slot => !isWaiting(slot, now, this.#rules)).length;
    for (let i = used + cap.left; i < this.#rules.limit; i++) {
      slots.put(this.#ticket(OTHER_REPLICAS), countedBy);
    }
  }

  /** Whether a slot is free now. Spares most calls the planning. */
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

  #remaining(bucket: Bucket, newcomer: string): number {
    const { limit, keyLimit } = this.#rules;
    const left = this.#left(bucket);
    if (keyLimit >= limit) return left;
    const ofKey = bucket.slots.all.filter(({ ticket }) => keyOf(ticket) === keyOf(newcomer)).length;
    return Math.max(0, Math.min(left, keyLimit - ofKey));
  }

  #replan(bucket: Bucket, now: number): void {
    if (!this.#hasWaiting(bucket, now)) return;
    bucket.plannedAt = now;
    this.#move(bucket, plan({ ...bucket, slots: bucket.slots.all, now }, this.#rules));
  }

  #move({ slots }: Bucket, times: Map<Slot, number>): void {
    slots.moveAll([...times].map(([slot, at]) => [slot, at + this.#rules.deliveryAllowanceMs]));
  }

  /** The suffix keeps tickets of different stores apart. */
  #ticket(queue: string): string {
    this.#arrivals++;
    return `${String(this.#arrivals).padStart(15, '0')}:${queue}:${randomSuffix()}`;
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
    bucket.slots.removeUntil(now - this.#rules.windowMs);
    return bucket;
  }

  /** Forgets idle buckets, so that memory is bounded by the callers of the last minutes. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    const { windowMs, deliveryAllowanceMs } = this.#rules;
    for (const [name, { slots, pausedUntil, cap }] of this.#buckets) {
      const last = Math.max(slots.all.at(-1)?.countedBy ?? 0, (cap?.at ?? 0) + deliveryAllowanceMs);
      if (Math.max(last + windowMs, pausedUntil) <= now) this.#buckets.delete(name);
    }
  }
}

const snapshot = ({ ticket, countedBy }: Slot, now: number) => ({ ticket, countedInMs: countedBy - now });
