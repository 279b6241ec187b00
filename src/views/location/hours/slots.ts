/** The opening hours of a day as Partoo writes them: `["10:00-14:00", "18:00-00:00"]`, and `[]` for closed. */

/** Minutes from the start of the day. After midnight, `end` is above a day's. */
export interface Slot {
  start: number;
  end: number;
}

export const DAY_MINUTES = 24 * 60;

const SLOT = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** Returns undefined for a text that is not a slot. */
export function readSlot(text: string): Slot | undefined {
  const [, startHour, startMinute, endHour, endMinute] = SLOT.exec(text.trim()) ?? [];
  if (startHour === undefined) return undefined;
  const start = Number(startHour) * 60 + Number(startMinute);
  const end = Number(endHour) * 60 + Number(endMinute);
  return { start, end: end <= start ? end + DAY_MINUTES : end };
}

/** Partoo does not document how it writes the whole day. Directories write both. */
export const isWholeDay = ({ start, end }: Slot) => start === 0 && end >= DAY_MINUTES - 1;

export const readSlots = (texts: readonly string[]): Slot[] =>
  texts.flatMap(text => readSlot(text) ?? []).toSorted((one, other) => one.start - other.start);

/** The texts of a list; undefined if it is none. */
export const textsIn = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.map(String) : undefined;
