import { describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../../src/partoo/responses/retry-after.ts';

describe('Retry-After', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const inSeconds = (seconds: number) => now / 1_000 + seconds;
  test.each([
    ['60', 60_000],
    [' 2 ', 2_000],
    ['0.5', 500],
    ['0', 0],
    ['-5', 0],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 10:00:30 GMT', 30_000],
    ['Sat Nov 21 10:00:30 2026', 30_000],
    ['2026-11-21T10:00:30Z', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    [`${inSeconds(30)}`, 30_000],
    [`${inSeconds(30)}.25`, 30_250],
    [`${inSeconds(-30)}`, 0],
    [`${now + 30_000}`, 30_000],
    ['99999999999999999999', 86_400_000],
    ['Sat, 21 Nov 2099 10:00:30 GMT', 86_400_000],
    ['soon', undefined],
    ['minutes 2', undefined],
    ['', undefined],
    [undefined, undefined],
    [['7', '8'], 8_000],
    [['soon', '7'], 7_000],
    ['8, 7', undefined],
  ])('%j means %s ms', (header, ms) => {
    expect(retryAfterMs({ 'retry-after': header }, now)).toBe(ms);
  });

  test.each([
    ['Sat, 21 Nov 2026 11:00:30 GMT', 30_000],
    [`${inSeconds(3_630)}`, 30_000],
    [`${now + 3_630_000}`, 30_000],
    ['60', 60_000],
  ])('%j from a clock an hour ahead of ours means %s ms, by the Date of the same response', (header, ms) => {
    const headers = { 'retry-after': header, date: 'Sat, 21 Nov 2026 11:00:00 GMT' };
    expect(retryAfterMs(headers, now)).toBe(ms);
  });

  test('is compared with our clock when the Date is unreadable', () => {
    const headers = { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT', date: 'today' };
    expect(retryAfterMs(headers, now)).toBe(30_000);
  });
});
