import { describe, expect, test } from 'vitest';
import { isBetween, readTime } from '../../../src/tools/outputs/times.ts';

describe("a time of Partoo's", () => {
  test.each([
    [1_700_000_000, '2023-11-14T22:13:20Z'],
    [1_700_000_000.25, '2023-11-14T22:13:20Z'],
    [1_700_000_000_000, '2023-11-14T22:13:20Z'],
    [1_700_000_000_000_000, '2023-11-14T22:13:20Z'],
    ['1700000000', '2023-11-14T22:13:20Z'],
    ['1700000000000', '2023-11-14T22:13:20Z'],
    ['1700000000000000000', '2023-11-14T22:13:20Z'],
    ['2023-01-31 16:22:17.327878+00:00', '2023-01-31T16:22:17Z'],
    ['2023-01-31T16:22:17', '2023-01-31T16:22:17Z'],
    ['2023-01-31T16:22:17+0200', '2023-01-31T16:22:17+0200'],
  ])('%j is read as %s', (written, time) => expect(readTime(written)).toBe(time));

  test.each([
    [0],
    [-1],
    [1],
    [1e11],
    [1e14],
    [1e300],
    [Number.NaN],
    ['0'],
    ['-62135596800'],
    ['2026-02-30T10:00:00'],
    ['2026-13-01T10:00:00Z'],
    ['0000-00-00 00:00:00'],
    ['2026-01-01T25:00:00'],
  ])('%j is impossible', written => expect(readTime(written)).toBeUndefined());

  test.each([['soon'], ['2026-01-01'], [''], ['31/01/2026 10:00']])('%j is other text', written =>
    expect(readTime(written)).toBeNull(),
  );
});

test('times are compared as instants, whatever their unit', () => {
  const from = Date.parse('2023-11-14T22:13:20.900Z');
  const to = from + 1_000;
  for (const later of [
    1_700_000_001,
    1_700_000_001_000,
    '1700000001',
    '2023-11-14T22:13:21',
    '2023-11-14T23:13:21+01:00',
  ]) {
    expect(isBetween(later, from, to)).toBe(true);
  }
  for (const other of [
    1_699_999_000,
    '2023-11-14T22:15:00Z',
    '1699999000000',
    '2023-11-14T22:00:00Z',
    'soon',
    null,
    0,
  ]) {
    expect(isBetween(other, from, to)).toBe(false);
  }
});
