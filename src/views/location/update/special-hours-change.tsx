import { MonthCalendar } from '../hours/month-calendar.tsx';
import { PeriodList } from '../hours/period-list.tsx';
import { hasDays, keyOf, type Period, readPeriods } from '../hours/special-hours.ts';
import { TEXTS } from '../texts/texts.ts';
import type { TimeAtBusiness } from '../values/business.ts';
import type { ChangeProps } from './change-props.ts';
import { Panes } from './panes.tsx';

/** Both lists, with what is added and what is removed, and the calendar that the call sets. */
export function SpecialHoursChange({
  value,
  old,
  isOldKnown,
  labels,
  formats,
  time,
}: ChangeProps & { time: TimeAtBusiness }) {
  const { special, update } = TEXTS[formats.language];
  const [after, before] = [readPeriods(value), readPeriods(old)];
  const notIn = (others: readonly Period[], word: string) => {
    const known = new Set(others.map(keyOf));
    return (period: Period) => (isOldKnown && !known.has(keyOf(period)) ? word : undefined);
  };
  const list = (periods: Period[], mark: (period: Period) => string | undefined) =>
    periods.length === 0 ? (
      <span class="soft">{special.none}</span>
    ) : (
      <PeriodList periods={periods} formats={formats} mark={mark} />
    );
  return (
    <>
      <Panes labels={labels} old={isOldKnown && list(before, notIn(after, update.removed))}>
        {list(after, notIn(before, update.added))}
      </Panes>
      {after.some(hasDays) && (
        <MonthCalendar periods={after} formats={formats} today={time.today} firstAhead={time.firstAhead} />
      )}
    </>
  );
}
