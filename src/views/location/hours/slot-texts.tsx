import type { Formats } from '../../kit/locale.ts';
import { TEXTS } from '../texts/texts.ts';
import { DAY_MINUTES, isWholeDay, readSlot } from './slots.ts';

/** The hours of one day in words. `slots`: none for a closed day, undefined if they are not known. */
export function SlotTexts({ slots, formats }: { slots: readonly string[] | undefined; formats: Formats }) {
  const { hours } = TEXTS[formats.language];
  if (!slots) return <span class="soft">{hours.notGiven}</span>;
  if (slots.length === 0) return <span class="closed">{hours.closed}</span>;
  return (
    <ul class="slots">
      {slots.map(slot => (
        <li key={slot}>{slotText(slot, formats)}</li>
      ))}
    </ul>
  );
}

/** A text that is not a slot stays as it is. */
export function slotText(text: string, formats: Formats): string {
  const slot = readSlot(text);
  if (!slot) return text;
  const { hours } = TEXTS[formats.language];
  if (isWholeDay(slot)) return hours.wholeDay;
  const end =
    slot.end === DAY_MINUTES
      ? hours.midnight
      : slot.end > DAY_MINUTES
        ? `${clock(slot.end, formats)} ${hours.nextDay}`
        : clock(slot.end, formats);
  return `${clock(slot.start, formats)} – ${end}`;
}

/** `minutes` since midnight. */
export const clock = (minutes: number, { locale }: Formats) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(
    new Date(minutes * 60_000),
  );
