import type { Slot } from './schedule.ts';

/** Slots in order of `countedBy`, found by their tickets. */
export class SlotList {
  #inOrder: Slot[] = [];
  readonly #byTicket = new Map<string, Slot>();

  get all(): readonly Slot[] {
    return this.#inOrder;
  }

  find(ticket: string): Slot | undefined {
    return this.#byTicket.get(ticket);
  }

  /** From the end, where almost every slot belongs. */
  add(slot: Slot): void {
    const before = this.#inOrder.findLastIndex(other => compare(other, slot) < 0);
    this.#inOrder.splice(before + 1, 0, slot);
    this.#byTicket.set(slot.ticket, slot);
  }

  remove(slot: Slot): void {
    this.#inOrder.splice(this.#inOrder.lastIndexOf(slot), 1);
    this.#byTicket.delete(slot.ticket);
  }

  move(slot: Slot, countedBy: number): void {
    this.remove(slot);
    slot.countedBy = countedBy;
    this.add(slot);
  }

  moveAll(moments: Iterable<[Slot, number]>): void {
    for (const [slot, countedBy] of moments) slot.countedBy = countedBy;
    this.#inOrder.sort(compare);
  }

  forgetUntil(moment: number): void {
    const first = this.#inOrder.findIndex(({ countedBy }) => countedBy > moment);
    const old = this.#inOrder.splice(0, first === -1 ? this.#inOrder.length : first);
    for (const { ticket } of old) this.#byTicket.delete(ticket);
  }
}

const compare = (a: Slot, b: Slot) => a.countedBy - b.countedBy || (a.ticket < b.ticket ? -1 : 1);
