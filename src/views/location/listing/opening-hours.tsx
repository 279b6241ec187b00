import type { Formats } from '../../kit/locale.ts';
import { agreed } from '../hours/local-time.ts';
import { openAt } from '../hours/open-now.ts';
import { clock, SlotTexts } from '../hours/slot-texts.tsx';
import { periodOn, readPeriods } from '../hours/special-hours.ts';
import { readWeek } from '../hours/week-hours.ts';
import { WeekTable } from '../hours/week-table.tsx';
import { weekdayOf } from '../hours/weekdays.ts';
import { TEXTS } from '../texts/texts.ts';
import { type Business, type TimeAtBusiness, textIn } from '../values/business.ts';

interface OpeningHoursProps {
  business: Business;
  time: TimeAtBusiness;
  formats: Formats;
}

export function OpeningHours({ business, time, formats }: OpeningHoursProps) {
  const { hours } = TEXTS[formats.language];
  const week = readWeek(business.open_hours);
  const today = time.today === undefined ? undefined : weekdayOf(time.today);
  const exception =
    time.today === undefined ? undefined : periodOn(readPeriods(business.specific_hours), time.today);
  return (
    <section class="opening">
      <h2>{hours.title}</h2>
      {week ? (
        <>
          <OpenNow {...{ business, time, formats }} />
          <WeekTable week={week} formats={formats} today={today} />
          {exception && (
            <div class="message message-caution exception">
              <span>{hours.exceptToday}</span>
              <SlotTexts slots={exception.hours ?? []} formats={formats} />
            </div>
          )}
          {time.today === undefined && <p class="note">{hours.dayUnknown}</p>}
          {time.isOfPerson && <p class="note">{hours.yours}</p>}
        </>
      ) : (
        <p class="soft">{hours.none}</p>
      )}
    </section>
  );
}

/** Only for a business that is open to the public, and where its time is known. */
function OpenNow({ business, time, formats }: OpeningHoursProps) {
  const { hours } = TEXTS[formats.language];
  const week = readWeek(business.open_hours);
  if (!week || time.isOfPerson || textIn(business.status) !== 'open') return null;
  const periods = readPeriods(business.specific_hours);
  const open = agreed(time.times, each => openAt(each, week, periods));
  if (!open) return null;
  const { isOpen, changesAt } = open;
  const change = changesAt === undefined ? undefined : clock(changesAt, formats);
  return (
    <p class={`open-now ${isOpen ? 'is-open' : 'is-closed'}`}>
      <strong>{isOpen ? hours.openNow : hours.closedNow}</strong>
      {change !== undefined && ` · ${isOpen ? hours.until(change) : hours.opensAt(change)}`}
    </p>
  );
}
