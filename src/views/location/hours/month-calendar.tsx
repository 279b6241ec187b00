import { useState } from 'preact/hooks';
import { addDays, addMonths, firstDayOf, monthOf, weeksOf } from '../../kit/days.ts';
import type { Formats } from '../../kit/locale.ts';
import { Chevron } from '../../kit/parts/icons.tsx';
import { TEXTS } from '../texts/texts.ts';
import { slotText } from './slot-texts.tsx';
import { hasDays, type Period, periodOn } from './special-hours.ts';
import { weekdayName, weekIn } from './weekdays.ts';

interface MonthCalendarProps {
  periods: readonly Period[];
  formats: Formats;
  /** The day at the business, where it is known. */
  today: string | undefined;
  /** Days before it have passed. */
  firstAhead: string;
}

const KEYS: Record<string, number> = { PageUp: -1, ArrowLeft: -1, PageDown: 1, ArrowRight: 1 };

/** One month at a time, first that of the next special hours. */
export function MonthCalendar({ periods, formats, today, firstAhead }: MonthCalendarProps) {
  const next = periods.find(period => hasDays(period) && period.end >= firstAhead);
  const start = next && next.start > firstAhead ? next.start : firstAhead;
  const [month, setMonth] = useState(monthOf(start));
  const { special, hours } = TEXTS[formats.language];
  const { locale } = formats;
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  );
  const turn = (months: number) => setMonth(addMonths(month, months));
  return (
    <fieldset
      class="calendar"
      onKeyDown={event => {
        const months = KEYS[event.key];
        if (months === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        turn(months);
      }}
    >
      <legend class="visually-hidden">{special.calendar}</legend>
      <div class="calendar-head">
        <button type="button" class="plain" aria-label={special.previous} onClick={() => turn(-1)}>
          <Chevron to="left" />
        </button>
        <h3 aria-live="polite">{name}</h3>
        <button type="button" class="plain" aria-label={special.next} onClick={() => turn(1)}>
          <Chevron to="right" />
        </button>
      </div>
      <table>
        <caption class="visually-hidden">{name}</caption>
        <thead>
          <tr>
            {weekIn(locale).map(weekday => (
              <th key={weekday} scope="col">
                <abbr title={weekdayName(weekday, locale, 'long')}>
                  {weekdayName(weekday, locale, 'short')}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month, firstDayOf(locale)).map(week => (
            <tr key={week[0]}>
              {week.map(day =>
                monthOf(day) === month ? (
                  <Day key={day} {...{ day, periods, formats, today, firstAhead }} />
                ) : (
                  <td key={day} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="legend" aria-hidden="true">
        <li class="shut">{hours.closed}</li>
        <li class="other">{special.otherHours}</li>
      </ul>
    </fieldset>
  );
}

function Day({ day, periods, formats, today, firstAhead }: { day: string } & MonthCalendarProps) {
  const { hours } = TEXTS[formats.language];
  const period = periodOn(periods, day);
  const joins = (days: number) => period !== undefined && periodOn(periods, addDays(day, days)) === period;
  const names = [
    period && (period.hours ? 'other' : 'shut'),
    joins(-1) && 'goes-back',
    joins(1) && 'goes-on',
    day < firstAhead && 'past',
    day === today && 'today',
  ];
  const told = period?.hours ? period.hours.map(slot => slotText(slot, formats)).join(', ') : hours.closed;
  return (
    <td class={names.filter(Boolean).join(' ')} aria-current={day === today && 'date'}>
      <span title={period && told}>{Number(day.slice(8))}</span>
      {period && <span class="visually-hidden"> {told}</span>}
    </td>
  );
}
