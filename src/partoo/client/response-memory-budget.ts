import { getHeapStatistics } from 'node:v8';
import { FairShare } from '../../core/fair-share.ts';

const MIB = 1024 * 1024;
/** Parsed JSON takes 4 to 8 times its bytes, and the result made from it as much again. */
const SHARE_OF_MEMORY = 1 / 32;
const MIN_SHARED_BYTES = 4 * MIB;
const MAX_SHARED_BYTES = 64 * MIB;

function sharedResponseBytes(): number {
  // 0, or more than any machine has, without a limit.
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const memory = Math.min(getHeapStatistics().heap_size_limit, constrained);
  return Math.min(MAX_SHARED_BYTES, Math.max(MIN_SHARED_BYTES, Math.floor(memory * SHARE_OF_MEMORY)));
}

/** The memory of one response, from its first large piece until it is parsed. */
export interface Lease {
  /**
   * Takes more bytes. Returns whether they are granted at once; otherwise `onGranted` is called when they are, unless the lease
   * is released first. One request at a time.
   */
  take(bytes: number, onGranted: () => void): boolean;
  release(): void;
}

interface Holder {
  key: string;
  heldBytes: number;
  /** Give back the bytes that count as shared. */
  giveBacks: (() => void)[];
  wantedBytes: number;
  onGranted: () => void;
}

/**
 * Bounds the bytes of the large responses that are read and parsed at once, fairly between keys.
 *
 * Not every response declares its length, so responses are leased piece by piece, and all of them could hold a piece and wait
 * for the next. One response at a time is therefore exempt from the bound: it always gets what it wants, and so it ends. All
 * together hold at most the shared bytes and one response of the largest size.
 */
export class ResponseMemoryBudget {
  readonly #shared: FairShare;
  /** The longest wait first. Empty while no response is exempt. */
  readonly #waiting = new Set<Holder>();
  #exempt: Holder | undefined;
  #lastExemptKey = '';

  constructor(sharedBytes = sharedResponseBytes()) {
    this.#shared = new FairShare(sharedBytes);
  }

  /** Bytes held now. */
  get used(): number {
    return this.#shared.used + (this.#exempt?.heldBytes ?? 0);
  }

  lease(key: string): Lease {
    const holder: Holder = { key, heldBytes: 0, giveBacks: [], wantedBytes: 0, onGranted() {} };
    return {
      take: (bytes, onGranted) => {
        holder.wantedBytes = bytes;
        holder.onGranted = onGranted;
        if (this.#grant(holder)) return true;
        if (this.#exempt) {
          this.#waiting.add(holder);
          return false;
        }
        this.#exemptHolder(holder);
        return this.#grant(holder);
      },
      release: () => this.#release(holder),
    };
  }

  #grant(holder: Holder): boolean {
    if (holder !== this.#exempt) {
      const giveBack = this.#shared.take(holder.key, holder.wantedBytes);
      if (!giveBack) return false;
      holder.giveBacks.push(giveBack);
    }
    holder.heldBytes += holder.wantedBytes;
    return true;
  }

  #exemptHolder(holder: Holder): void {
    this.#exempt = holder;
    this.#lastExemptKey = holder.key;
    giveBackShared(holder);
  }

  #release(holder: Holder): void {
    this.#waiting.delete(holder);
    giveBackShared(holder);
    holder.heldBytes = 0;
    if (holder === this.#exempt) {
      this.#exempt = undefined;
      // Another key than the last one, so that keys take turns.
      const waiting = [...this.#waiting];
      const next = waiting.find(({ key }) => key !== this.#lastExemptKey) ?? waiting[0];
      if (next) this.#exemptHolder(next);
    }
    while (this.#grantOneWaiting());
  }

  /** Grants the wait of the key that holds least. The exempt response always gets what it waits for. */
  #grantOneWaiting(): boolean {
    const byHeld = [...this.#waiting].toSorted((a, b) => this.#shared.held(a.key) - this.#shared.held(b.key));
    const granted = byHeld.find(holder => this.#grant(holder));
    if (!granted) return false;
    this.#waiting.delete(granted);
    granted.onGranted();
    return true;
  }
}

function giveBackShared({ giveBacks }: Holder): void {
  for (const giveBack of giveBacks.splice(0)) giveBack();
}
