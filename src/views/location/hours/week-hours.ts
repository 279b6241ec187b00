import { isValues } from '../../kit/values.ts';
import { textsIn } from './slots.ts';
import type { Weekday } from './weekdays.ts';

/** The opening hours of a week, as Partoo returns them. */
export type Week = Record<string, unknown>;

export const readWeek = (value: unknown): Week | undefined =>
  isValues(value) && Object.keys(value).length > 0 ? value : undefined;

/** The slots of a day: none if it is closed, undefined if Partoo does not say. */
export const slotsOn = (week: Week | undefined, weekday: Weekday) => textsIn(week?.[weekday]);
