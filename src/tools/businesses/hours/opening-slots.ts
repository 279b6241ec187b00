import * as z from 'zod';
import { expecting } from '../../fields/field.ts';
import { innerTexts } from '../../fields/index.ts';
import { unwrapItem } from '../../fields/normalize.ts';

/** The opening hours of one day, as Partoo documents them: `["10:00-14:00", "18:00-00:00"]`, `[]` for closed. */

const SLOT = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;
const SLOT_FORM = 'must be a slot such as 10:00-14:00, or 20:00-02:00 past midnight; [] means closed';

/** Longer than any way to write a slot. */
const MAX_LENGTH = 40;

const slot = z
  .string(expecting(SLOT_FORM))
  .transform(toSlot)
  .refine(value => SLOT.test(value), { error: SLOT_FORM });

export const slots = z
  .preprocess(value => (isClosed(value) ? [] : value), innerTexts(slot))
  .superRefine((day, context) => {
    const message = day.every(slot => SLOT.test(slot)) ? contradictionIn(day) : undefined;
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

function isClosed(value: unknown): boolean {
  const word = unwrapItem(value);
  return typeof word === 'string' && word.trim().toLowerCase() === 'closed';
}

/** `9:00 – 24:00`, `9h-24h`, `9am-12am` → `09:00-00:00` */
function toSlot(value: string): string {
  if (value.length > MAX_LENGTH) return value;
  const times = value
    .toLowerCase()
    .replaceAll(/\s/g, '')
    .split(/[-–—]|to/);
  return times
    .map(toTime)
    .join('-')
    .replace(/-24:00$/, '-00:00');
}

const TIME = /^(\d{1,2})(?:([:h.])(\d{2})?)?([ap]\.?m\.?)?$/;

function toTime(time: string): string {
  const [, hours = '', separator, minutes = '00', half] = TIME.exec(time) ?? [];
  // A bare number could be in the morning or the evening, and `9:` is cut off.
  if (hours === '' || (separator === undefined && half === undefined) || /\d[:.]$/.test(time)) return time;
  if (half === undefined) return `${hours.padStart(2, '0')}:${minutes}`;
  if (Number(hours) < 1 || Number(hours) > 12) return time;
  const hour = (Number(hours) % 12) + (half.startsWith('p') ? 12 : 0);
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** A slot that ends later on the next day more likely has its times swapped. */
const LATEST_CLOSING = '08:00';
const DAY_MINUTES = 24 * 60;

function contradictionIn(day: string[]): string | undefined {
  const spans: [start: number, end: number][] = [];
  for (const [index, slot] of day.entries()) {
    const [start = '', end = ''] = slot.split('-');
    if (start === '00:00' && day[index - 1]?.endsWith('-00:00')) {
      return (
        `${slot} after ${day[index - 1]} could be on the next day: join them into one slot such as 20:00-02:00, ` +
        'or put it first if it is in the morning of the same day'
      );
    }
    if (start === end && start !== '00:00') return `${slot} has no length; 00:00-00:00 is the whole day`;
    if (end <= start && end > LATEST_CLOSING) {
      return `${slot} ends before it begins; put hours past midnight in a slot of the next day from 00:00`;
    }
    spans.push([minutesOf(start), minutesOf(end) + (end <= start ? DAY_MINUTES : 0)]);
  }
  spans.sort(([one], [other]) => one - other);
  const overlap = spans.some(([start], index) => start < (spans[index - 1]?.[1] ?? 0));
  return overlap ? 'has slots that overlap; join them into one' : undefined;
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
