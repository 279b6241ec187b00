/**
 * Limits what each owner holds at once, and what all hold together. An owner may hold at most as much as it leaves free: one
 * owner gets half of the total, two a third each, and so on. So there is always room for one more.
 */
export class FairShare {
  readonly #total: number;
  readonly #perOwner: number;
  readonly #held = new Map<string, number>();
  #used = 0;

  constructor(total: number, perOwner = total) {
    this.#total = total;
    this.#perOwner = perOwner;
  }

  get used(): number {
    return this.#used;
  }

  held(owner: string): number {
    return this.#held.get(owner) ?? 0;
  }

  /** Returns the function that gives the amount back, to be called once; undefined when there is no room for this owner. */
  take(owner: string, amount: number): (() => void) | undefined {
    if (this.held(owner) + amount > Math.min(this.#perOwner, this.#total - this.#used)) return undefined;
    this.#add(owner, amount);
    return () => this.#add(owner, -amount);
  }

  #add(owner: string, amount: number): void {
    this.#used += amount;
    const held = this.held(owner) + amount;
    if (held > 0) this.#held.set(owner, held);
    else this.#held.delete(owner);
  }
}
