import type { Formats } from '../../kit/locale.ts';
import { TEXTS } from '../texts/texts.ts';
import { SlotTexts } from './slot-texts.tsx';
import { DAY_MINUTES, readSlots } from './slots.ts';
import { slotsOn, type Week } from './week-hours.ts';
import { WEEKDAYS, type Weekday, weekdayName, weekIn } from './weekdays.ts';

interface WeekTableProps {
  week: Week;
  formats: Formats;
  /** The weekday at the business, where it is known. */
  today: Weekday | undefined;
}

export function WeekTable({ week, formats, today }: WeekTableProps) {
  const { hours } = TEXTS[formats.language];
  return (
    <table class="week">
      <caption class="visually-hidden">{hours.title}</caption>
      <tbody>
        {weekIn(formats.locale).map(weekday => (
          <tr
            key={weekday}
            class={weekday === today ? 'today' : ''}
            aria-current={weekday === today && 'date'}
          >
            <th scope="row">
              {weekdayName(weekday, formats.locale, 'long')}
              {weekday === today && <span class="visually-hidden"> ({hours.today})</span>}
            </th>
            <td>
              <SlotTexts slots={slotsOn(week, weekday)} formats={formats} />
            </td>
            <td class="bar" aria-hidden="true">
              <DayBar week={week} weekday={weekday} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The 24 hours of a day, with the hours after midnight of the day before. */
function DayBar({ week, weekday }: { week: Week; weekday: Weekday }) {
  const before = WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 6) % 7] as Weekday;
  const late = readSlots(slotsOn(week, before) ?? []).filter(({ end }) => end > DAY_MINUTES);
  return (
    <svg viewBox={`0 0 ${DAY_MINUTES} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width={DAY_MINUTES} height="10" rx="3" />
      {late.map(({ start, end }) => (
        <rect key={start} class="night" x="0" width={end - DAY_MINUTES} height="10" />
      ))}
      {readSlots(slotsOn(week, weekday) ?? []).map(({ start, end }) => (
        <rect key={start} x={start} width={Math.min(end, DAY_MINUTES) - start} height="10" />
      ))}
    </svg>
  );
}
