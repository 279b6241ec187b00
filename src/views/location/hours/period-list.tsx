import type { Formats } from '../../kit/locale.ts';
import { SlotTexts } from './slot-texts.tsx';
import { hasDays, isDay, keyOf, type Period } from './special-hours.ts';

interface PeriodListProps {
  periods: readonly Period[];
  formats: Formats;
  /** A word about a period, such as "Added". */
  mark?(period: Period): string | undefined;
}

export function PeriodList({ periods, formats, mark }: PeriodListProps) {
  return (
    <ul class="periods">
      {periods.map((period, index) => (
        <li key={`${keyOf(period)} ${index}`} class={period.hours ? 'other' : 'shut'}>
          <span class="period-days">{daysText(period, formats)}</span>
          <SlotTexts slots={period.hours ?? []} formats={formats} />
          {mark?.(period) !== undefined && <span class="pill">{mark(period)}</span>}
        </li>
      ))}
    </ul>
  );
}

function daysText(period: Period, formats: Formats): string {
  const { start, end } = period;
  if (!hasDays(period)) {
    return [...new Set([start, end])].map(day => (isDay(day) ? formats.day(day) : day)).join(' – ');
  }
  const format = new Intl.DateTimeFormat(formats.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return start === end ? format.format(new Date(start)) : format.formatRange(new Date(start), new Date(end));
}
