import type { Formats } from '../../kit/locale.ts';
import { TEXTS } from '../texts/texts.ts';
import { MonthCalendar } from './month-calendar.tsx';
import { PeriodList } from './period-list.tsx';
import { hasDays, type Period } from './special-hours.ts';

interface SpecialHoursProps {
  periods: readonly Period[];
  formats: Formats;
  today: string | undefined;
  firstAhead: string;
}

/** A calendar, and the same as a list. */
export function SpecialHours({ periods, formats, today, firstAhead }: SpecialHoursProps) {
  const { special } = TEXTS[formats.language];
  const hasPassed = (period: Period) => hasDays(period) && period.end < firstAhead;
  const ahead = periods.filter(period => !hasPassed(period));
  const past = periods.filter(hasPassed).toReversed();
  return (
    <section class="special">
      <h2>{special.title}</h2>
      {periods.length === 0 ? (
        <p class="soft">{special.none}</p>
      ) : (
        <div class="special-parts">
          {periods.some(hasDays) && <MonthCalendar {...{ periods, formats, today, firstAhead }} />}
          <div class="special-lists">
            <h3>{special.upcoming}</h3>
            {ahead.length > 0 ? (
              <PeriodList periods={ahead} formats={formats} />
            ) : (
              <p class="soft">{special.noneAhead}</p>
            )}
            {past.length > 0 && (
              <details class="past-periods">
                <summary>{special.past(past.length)}</summary>
                <PeriodList periods={past} formats={formats} />
              </details>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
