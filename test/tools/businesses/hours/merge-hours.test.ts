import { describe, expect, test } from 'vitest';
import { isSameHours, mergeHours, readHours } from '../../../../src/tools/businesses/hours/merge-hours.ts';

const closed = (starts_at: string, ends_at = starts_at) => ({ starts_at, ends_at });
const open = (starts_at: string, ends_at: string, ...open_hours: string[]) => ({
  starts_at,
  ends_at,
  open_hours,
});

describe('special hours merged into those of a business', () => {
  test('keep every other period', () => {
    const existing = {
      open: [open('2040-07-14', '2040-07-14', '10:00-14:00')],
      close: [closed('2040-05-01')],
    };
    expect(mergeHours(existing, { open: [], close: [closed('2040-12-25')] })).toEqual({
      open: existing.open,
      close: [closed('2040-05-01'), closed('2040-12-25')],
    });
  });

  test('win over a period that they cut, which keeps its other days', () => {
    const existing = { open: [open('2040-12-20', '2040-12-31', '10:00-20:00')], close: [] };
    expect(mergeHours(existing, { open: [], close: [closed('2040-12-25', '2040-12-26')] })).toEqual({
      open: [
        open('2040-12-20', '2040-12-24', '10:00-20:00'),
        open('2040-12-27', '2040-12-31', '10:00-20:00'),
      ],
      close: [closed('2040-12-25', '2040-12-26')],
    });
  });

  test('open a day of a closed period', () => {
    const existing = { open: [], close: [closed('2040-02-28', '2040-03-02')] };
    expect(
      mergeHours(existing, { open: [open('2040-02-29', '2040-02-29', '09:00-12:00')], close: [] }),
    ).toEqual({
      open: [open('2040-02-29', '2040-02-29', '09:00-12:00')],
      close: [closed('2040-02-28'), closed('2040-03-01', '2040-03-02')],
    });
  });

  test('may last to the last day of all', () => {
    const existing = { open: [open('2040-01-01', '9999-12-31', '10:00-20:00')], close: [] };
    const wanted = { open: [], close: [closed('2041-01-01', '9999-12-31')] };
    expect(mergeHours(existing, wanted)).toEqual({
      open: [open('2040-01-01', '2040-12-31', '10:00-20:00')],
      close: wanted.close,
    });
  });

  test('replace the hours of a day that had others', () => {
    const existing = { open: [open('2040-12-24', '2040-12-24', '10:00-20:00')], close: [] };
    const wanted = { open: [open('2040-12-24', '2040-12-24', '10:00-16:00')], close: [] };
    expect(mergeHours(existing, wanted)).toEqual(wanted);
  });

  test('change nothing where the days are so already, however they are split', () => {
    const existing = { open: [], close: [closed('2040-12-24'), closed('2040-12-25', '2040-12-26')] };
    const merged = mergeHours(existing, { open: [], close: [closed('2040-12-25')] });
    expect(isSameHours(existing, merged)).toBe(true);
    expect(isSameHours(existing, mergeHours(existing, { open: [], close: [closed('2040-12-27')] }))).toBe(
      false,
    );
  });
});

test('thousands of periods are merged without holding up other callers', () => {
  const day = (number: number) => new Date(Date.UTC(2040, 0, number)).toISOString().slice(0, 10);
  const days = Array.from({ length: 5_000 }, (_, index) => day(2 * index));
  const existing = {
    open: days.map(each => open(each, each, '10:00-12:00')),
    close: [closed('2030-01-01', '9999-12-31')],
  };
  const started = performance.now();
  const merged = mergeHours(existing, { open: [], close: days.map(each => closed(each)) });
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(merged).toEqual({ open: [], close: existing.close });
});

describe('special hours of a business', () => {
  test.each([undefined, null, {}, { open: null, close: [] }])('%j are none', value => {
    expect(readHours(value)).toEqual({ open: [], close: [] });
  });

  test.each([
    'closed',
    { open: 'x', close: [] },
    { open: [], close: [{ starts_at: '2040-12-25' }] },
    { open: [{ ...closed('2040-12-25'), open_hours: null }], close: [] },
    { open: [], close: ['2040-12-25'] },
    { open: [], close: [closed('25/12/2040')] },
    { open: [], close: [closed('2040-01-45')] },
    { open: [], close: [closed('0000-00-00', '2040-12-25')] },
    { open: [], close: [closed('2040-12-26', '2040-12-25')] },
  ])('%j are not understood, so that nothing is written in their place', value => {
    expect(readHours(value)).toBeUndefined();
  });
});
