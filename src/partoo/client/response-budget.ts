import { getHeapStatistics } from 'node:v8';

const MIB = 1024 * 1024;
/** JSON takes 4 to 8 times its bytes once it is parsed, and what is made of it as much again. */
const SHARE_OF_MEMORY = 1 / 32;
const MIN_SHARED_BYTES = 4 * MIB;
const MAX_SHARED_BYTES = 64 * MIB;

/** How many bytes of answers this process may hold at once, besides the one that is served first: by its own memory. */
function sharedAnswerBytes(): number {
  // Without a limit it is 0, or more than there can be.
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const memory = Math.min(getHeapStatistics().heap_size_limit, constrained);
  return Math.min(MAX_SHARED_BYTES, Math.max(MIN_SHARED_BYTES, Math.floor(memory * SHARE_OF_MEMORY)));
}

/** What one answer holds of the budget, from its first large piece until it is parsed. */
export interface Lease {
  /**
   * Takes more bytes. Returns whether they are there at once; when they are not, `onRoom` is called as soon as they are,
   * unless the lease is released before. One at a time.
   */
  take(bytes: number, onRoom: () => void): boolean;
  release(): void;
}

interface Holder {
  key: string;
  held: number;
  wanted: number;
  onRoom: (() => void) | undefined;
}

interface Share {
  /** Oldest first. */
  holders: Set<Holder>;
  /** Bytes of the shared budget. */
  used: number;
}

/**
 * Bounds the bytes of large answers that are being read and parsed.
 *
 * Fair between keys: a key may use as many shared bytes as are still free, so that one key gets a half, two get a third
 * each, and there is always room for one more. Answers are read in pieces, since not each tells its length, so all
 * could hold a piece and wait for the next: one answer at a time is first, may take what it wants, and so ends. Keys take
 * turns at being first. The first answer's bytes are not of the shared ones: all together are never more than those and
 * one answer of the largest size.
 */
export class AnswerBudget {
  readonly #sharedBytes: number;
  /** In the order of their turns. */
  readonly #shares = new Map<string, Share>();
  #first: Holder | undefined;
  #sharedUsed = 0;

  constructor(sharedBytes = sharedAnswerBytes()) {
    this.#sharedBytes = sharedBytes;
  }

  /** Bytes that are held now. */
  get used(): number {
    return this.#sharedUsed + (this.#first?.held ?? 0);
  }

  lease(key: string): Lease {
    const holder: Holder = { key, held: 0, wanted: 0, onRoom: undefined };
    return {
      take: (bytes, onRoom) => {
        this.#enter(holder);
        holder.wanted = bytes;
        if (this.#mayTake(holder)) {
          this.#give(holder);
          return true;
        }
        holder.onRoom = onRoom;
        return false;
      },
      release: () => this.#leave(holder),
    };
  }

  #enter(holder: Holder): void {
    const share = this.#shares.get(holder.key) ?? { holders: new Set(), used: 0 };
    this.#shares.set(holder.key, share);
    share.holders.add(holder);
    this.#first ??= this.#nextFirst();
  }

  #leave(holder: Holder): void {
    const share = this.#shares.get(holder.key);
    if (!share?.holders.delete(holder)) return;
    if (share.holders.size === 0) this.#shares.delete(holder.key);
    if (holder === this.#first) {
      this.#first = this.#nextFirst();
    } else {
      this.#count(share, -holder.held);
    }
    this.#giveToWaiting();
  }

  /** The oldest answer of the key whose turn it is; from now on its bytes are not of the shared ones. */
  #nextFirst(): Holder | undefined {
    const [next] = this.#shares;
    if (!next) return undefined;
    const [key, share] = next;
    this.#shares.delete(key);
    this.#shares.set(key, share);
    const [first] = share.holders;
    if (first) this.#count(share, -first.held);
    return first;
  }

  #giveToWaiting(): void {
    for (let next = this.#nextToGive(); next; next = this.#nextToGive()) {
      this.#give(next);
      const { onRoom } = next;
      next.onRoom = undefined;
      onRoom?.();
    }
  }

  /** The first answer, or of those whose key may use more the one whose key uses least. */
  #nextToGive(): Holder | undefined {
    if (this.#first?.onRoom) return this.#first;
    const shares = [...this.#shares.values()].toSorted((a, b) => a.used - b.used);
    for (const { holders } of shares) {
      for (const holder of holders) if (holder.onRoom && this.#mayTake(holder)) return holder;
    }
    return undefined;
  }

  #mayTake(holder: Holder): boolean {
    const used = this.#shares.get(holder.key)?.used ?? 0;
    return holder === this.#first || used + holder.wanted <= this.#sharedBytes - this.#sharedUsed;
  }

  #give(holder: Holder): void {
    const share = this.#shares.get(holder.key);
    if (share && holder !== this.#first) this.#count(share, holder.wanted);
    holder.held += holder.wanted;
    holder.wanted = 0;
  }

  #count(share: Share, bytes: number): void {
    share.used += bytes;
    this.#sharedUsed += bytes;
  }
}
