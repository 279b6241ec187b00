import type { Slot } from './schedule.ts';

/** Slots by `countedBy`. Searches start at the end, where nearly every slot belongs. */
export class SlotList {
  #slots: Slot[] = [];

  get all(): readonly Slot[] {
    return this.#slots;
  }

  find(ticket: string): Slot | undefined {
    return this.#slots.findLast(slot => slot.ticket === ticket);
  }

  /** Adds a slot, or moves the one of this ticket. */
  put(ticket: string, countedBy: number): void {
    const slot = this.remove(ticket) ?? { ticket, countedBy };
    slot.countedBy = countedBy;
    const before = this.#slots.findLastIndex(other => compare(other, slot) < 0);
    this.#slots.splice(before + 1, 0, slot);
  }

  remove(ticket: string): Slot | undefined {
    const at = this.#slots.findLastIndex(slot => slot.ticket === ticket);
    return at === -1 ? undefined : this.#slots.splice(at, 1)[0];
  }

  moveAll(times: Iterable<[Slot, number]>): void {
    for (const [slot, countedBy] of times) slot.countedBy = countedBy;
    this.#slots.sort(compare);
  }

  removeUntil(time: number): void {
    const first = this.#slots.findIndex(({ countedBy }) => countedBy > time);
    this.#slots.splice(0, first === -1 ? this.#slots.length : first);
  }
}

const compare = (a: Slot, b: Slot) => a.countedBy - b.countedBy || (a.ticket < b.ticket ? -1 : 1);
