import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseDate,
  parseFilterDate,
  parseLocalDateTime,
  parseUtcDateTime,
} from '../../../src/tools/fields/dates.ts';

describe('a date', () => {
  test.each([
    ['2026-05-31', 'from', '2026-05-31T00:00:00'],
    ['2026-05-31', 'to', '2026-05-31T23:59:59'],
    ['2026/05/31', 'to', '2026-05-31T23:59:59'],
    ['2026-5-3', 'from', '2026-05-03T00:00:00'],
    ['2026-05-31T14:00', 'to', '2026-05-31T14:00:00'],
    ['2026-05-31 9:00', 'to', '2026-05-31T09:00:00'],
    ['2026-05-31 14:00:05.123', 'from', '2026-05-31T14:00:05'],
    ['2026-05-31T14:00:00Z', 'from', '2026-05-31T14:00:00'],
    ['2026-05-31t14:00:00z', 'from', '2026-05-31T14:00:00'],
    ['2026-05-31 14:00 UTC', 'from', '2026-05-31T14:00:00'],
    ['2026-05-31T14:00:00+02:00', 'from', '2026-05-31T12:00:00'],
    ['2026-05-31 14:00:00 +02', 'from', '2026-05-31T12:00:00'],
    ['2026-01-01T00:30:00+0100', 'from', '2025-12-31T23:30:00'],
  ] as const)('%s (%s) is %s UTC', (value, bound, utc) => {
    expect(parseUtcDateTime(value, bound)).toBe(utc);
  });

  test.each([
    '31/05/2026',
    '05-06-2026',
    '26-05-31',
    '20260531',
    '1780236000',
    'yesterday',
    'May 31',
    '2026-05',
    '2026-02-30',
    '2026-13-01',
    '2026-05-31T25:00',
    '2026-05-31T14',
    '2026-05-31 2:00 PM',
    '2026-05-31T14:00+99:99',
    '2026-05-31T14:00:00 02:00',
    '9999-12-31T23:00:00-02:00',
    '0000-01-01T00:00:00+02:00',
    '',
  ])('%j is ambiguous, and is refused with the expected form', value => {
    expect(() => parseUtcDateTime(value, 'from')).toThrow(/^must be a date or time such as 2026-05-31/);
    expect(() => parseLocalDateTime(value, 'from')).toThrow(/^must be the business's local time .* such as/);
  });

  test('names the same instant in every zone', () => {
    const instant = fc.date({
      min: new Date('0001-01-02'),
      max: new Date('9999-12-30'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: -12 * 60, max: 14 * 60 }), (moment, minutes) => {
        const there = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, 19);
        const sign = minutes < 0 ? '-' : '+';
        const zone = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
          .map(part => String(part).padStart(2, '0'))
          .join(':');
        expect(parseUtcDateTime(`${there}${sign}${zone}`, 'from')).toBe(moment.toISOString().slice(0, 19));
      }),
    );
  });

  test("in the business's local time is refused with a zone", () => {
    expect(parseLocalDateTime('2026-05-31T14:00', 'from')).toBe('2026-05-31T14:00:00');
    expect(() => parseLocalDateTime('2026-05-31T14:00:00Z', 'from')).toThrow(/local time without a zone/);
  });

  test('without a time is a day', () => {
    expect(parseDate('2026-05-31T14:00:00')).toBe('2026-05-31');
    expect(parseDate('2026-05-31T14:00:00+02:00')).toBe('2026-05-31');
    expect(parseDate('2026-05-31T00:00:00Z')).toBe('2026-05-31');
    expect(parseDate('2026-05-31T23:59:59Z')).toBe('2026-05-31');
    expect(parseFilterDate('2026-05-31T14:00:00Z')).toBe('2026-05-31');
    expect(parseDate('2026/5/31')).toBe('2026-05-31');
    expect(() => parseDate('May 31')).toThrow(/must be a date such as/);
  });
});

test('an impossible time is reported apart from an impossible day', () => {
  expect(() => parseUtcDateTime('2026-05-31T24:00', 'from')).toThrow(/; 24:00:00 is not on the clock$/);
  expect(() => parseUtcDateTime('2026-02-30', 'from')).toThrow(/; 2026-02-30 is not on the calendar$/);
  expect(parseLocalDateTime('2026-05-31 14h30', 'from')).toBe('2026-05-31T14:30:00');
});
