import { describe, expect, test } from 'vitest';
import { firstDayOf, weeksOf } from '../../src/views/kit/days.ts';
import { agreed, localTimes } from '../../src/views/location/hours/local-time.ts';
import { openAt } from '../../src/views/location/hours/open-now.ts';
import { readPeriods } from '../../src/views/location/hours/special-hours.ts';
import { weekIn } from '../../src/views/location/hours/weekdays.ts';

const dayAt = (place: { country?: string; longitude?: number }, now: string) =>
  agreed(localTimes({ country: undefined, longitude: undefined, ...place }, new Date(now)), ({ day }) => day);

describe('the day at a business', () => {
  test.each([
    ['Paris, in summer', { country: 'FR', longitude: 2.35 }, '2026-06-30T22:30:00Z', '2026-07-01'],
    ['Tokyo', { country: 'JP' }, '2026-06-30T16:00:00Z', '2026-07-01'],
    [
      'New York, after midnight in Greenwich',
      { country: 'US', longitude: -74 },
      '2026-07-01T01:00:00Z',
      '2026-06-30',
    ],
    [
      'Los Angeles, after midnight in New York',
      { country: 'US', longitude: -118 },
      '2026-07-01T05:00:00Z',
      '2026-06-30',
    ],
    ['a place without a country', { longitude: 139.7 }, '2026-06-30T18:00:00Z', '2026-07-01'],
  ])('is known in %s', (_, place, now, day) => {
    expect(dayAt(place, now)).toBe(day);
  });

  test('is not known while the day begins in one of two possible time zones', () => {
    expect(dayAt({ country: 'ES' }, '2026-06-30T22:30:00Z')).toBeUndefined();
    expect(dayAt({ country: 'ES' }, '2026-06-30T12:00:00Z')).toBe('2026-06-30');
  });

  test('is not known without a country and coordinates', () => {
    expect(localTimes({ country: undefined, longitude: undefined }, new Date())).toEqual([]);
  });
});

describe('whether a business is open', () => {
  // 2026-06-15 is a Monday.
  const week = {
    monday: ['10:00-14:00', '20:00-02:00'],
    tuesday: ['00:00-00:00'],
    wednesday: [],
    thursday: ['18:00-00:00'],
  };
  const periods = readPeriods({
    open: [{ starts_at: '2026-06-17', ends_at: '2026-06-17', open_hours: ['10:00-12:00'] }],
    close: [{ starts_at: '2026-06-22', ends_at: '2026-06-23' }],
  });
  const at = (day: string, time: string) =>
    openAt({ day, minutes: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }, week, periods);

  test.each([
    ['within a slot', '2026-06-15', '13:59', { isOpen: true, changesAt: 14 * 60 }],
    ['between two slots', '2026-06-15', '14:00', { isOpen: false, changesAt: 20 * 60 }],
    [
      'before midnight in a slot that ends after it',
      '2026-06-15',
      '23:00',
      { isOpen: true, changesAt: 2 * 60 },
    ],
    ['around the clock', '2026-06-16', '12:00', { isOpen: true }],
    ['until midnight', '2026-06-18', '23:59', { isOpen: true, changesAt: 0 }],
    ['on a day with special hours', '2026-06-17', '11:00', { isOpen: true, changesAt: 12 * 60 }],
    ['on a day that is closed by way of exception', '2026-06-22', '11:00', { isOpen: false }],
  ])('is known %s', (_, day, time, open) => {
    expect(at(day, time)).toEqual(open);
  });

  test('is open after midnight by the slot of the day before', () => {
    const nights = { saturday: ['20:00-02:00'], sunday: [] };
    expect(openAt({ day: '2026-06-21', minutes: 90 }, nights, [])).toEqual({ isOpen: true, changesAt: 120 });
  });

  test('is not known on a day without hours', () => {
    expect(at('2026-06-19', '12:00')).toBeUndefined();
  });
});

test('a month has whole weeks, from the first day of the week in each country', () => {
  expect(weekIn('fr-FR')[0]).toBe('monday');
  expect(weekIn('en-US')[0]).toBe('sunday');
  const weeks = weeksOf('2026-12', firstDayOf('fr-FR'));
  expect(weeks).toHaveLength(5);
  expect(weeks[0]).toEqual([
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
    '2026-12-05',
    '2026-12-06',
  ]);
  expect(weeksOf('2026-12', firstDayOf('en-US'))[0]?.[2]).toBe('2026-12-01');
});
