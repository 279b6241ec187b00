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

  add(slot: Slot): void {
    const before = this.#slots.findLastIndex(other => compare(other, slot) < 0);
    this.#slots.splice(before + 1, 0, slot);
  }

  remove(slot: Slot): void {
    this.#slots.splice(this.#slots.lastIndexOf(slot), 1);
  }

  move(slot: Slot, countedBy: number): void {
    this.remove(slot);
    slot.countedBy = countedBy;
    this.add(slot);
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
