import { addDays } from '../../kit/days.ts';
import type { LocalTime } from './local-time.ts';
import { DAY_MINUTES, isWholeDay, readSlots, type Slot } from './slots.ts';
import { type Period, periodOn } from './special-hours.ts';
import { slotsOn, type Week } from './week-hours.ts';
import { weekdayOf } from './weekdays.ts';

export interface OpenNow {
  isOpen: boolean;
  /** When that changes today or tonight, in minutes since midnight. */
  changesAt?: number;
}

/** Returns whether a business is open, or undefined if its hours do not tell. */
export function openAt({ day, minutes }: LocalTime, week: Week, periods: Period[]): OpenNow | undefined {
  const today = slotsAt(day, week, periods);
  if (!today) return undefined;
  const late = slotsAt(addDays(day, -1), week, periods) ?? [];
  const running = [
    ...late.map(({ start, end }) => ({ start: start - DAY_MINUTES, end: end - DAY_MINUTES })),
    ...today,
  ].find(({ start, end }) => start <= minutes && minutes < end);
  if (running)
    return isWholeDay(running) ? { isOpen: true } : { isOpen: true, changesAt: running.end % DAY_MINUTES };
  const next = today.find(({ start }) => start > minutes);
  return next ? { isOpen: false, changesAt: next.start } : { isOpen: false };
}

function slotsAt(day: string, week: Week, periods: Period[]): Slot[] | undefined {
  const period = periodOn(periods, day);
  if (period) return readSlots(period.hours ?? []);
  const texts = slotsOn(week, weekdayOf(day));
  return texts && readSlots(texts);
}
