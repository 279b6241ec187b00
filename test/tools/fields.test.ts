import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseDate, parseLocalDateTime, parseUtcDateTime } from '../../src/tools/dates.ts';
import { flag, integer, integerArray, oneOf, structure, text, texts, urls } from '../../src/tools/fields.ts';

/** Models send arguments in many shapes; where there is one meaning it is taken. */
const takes = (schema: z.ZodType, value: unknown) => schema.parse(value);

describe('arguments as models send them', () => {
  test.each([
    ['a,b', ['a', 'b']],
    [' a , b ,', ['a', 'b']],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['["a","b"]', ['a', 'b']],
    [7, ['7']],
    [
      [7, 'b'],
      ['7', 'b'],
    ],
  ])('a list: %j', (value, read) => {
    expect(takes(texts(''), value)).toEqual(read);
  });

  test.each([
    ['', []],
    ['[broken', ['[broken']],
  ])('%j is no list of two', (value, items) => {
    const parsed = texts('').safeParse(value);
    if (items.length === 0) expect(parsed.success).toBe(false);
    else expect(parsed.data).toEqual(items);
  });

  test.each([['1,2'], [['1', 2]], ['[1,"2"]']])('a list of numbers: %j', value => {
    expect(takes(integerArray(''), value)).toEqual([1, 2]);
  });

  test.each([[12], ['12'], [' 12 ']])('a number: %j', value => expect(takes(integer(''), value)).toBe(12));
  test.each([['12.5'], ['twelve'], [''], ['0x10'], [1.5], [true]])('no integer: %j', value => {
    expect(integer('').safeParse(value).success).toBe(false);
  });

  test.each([[true], ['true']])('a flag: %j', value => expect(takes(flag(''), value)).toBe(true));
  test.each([['yes'], [1], ['']])('no flag: %j', value =>
    expect(flag('').safeParse(value).success).toBe(false),
  );

  test('a number for a text', () => expect(takes(text(''), 75001)).toBe('75001'));
  test('an object as text', () => {
    expect(takes(structure(z.strictObject({ a: z.array(z.number()) }), ''), '{"a":[1]}')).toEqual({ a: [1] });
  });
  test('null inside an object is none as well', () => {
    const contact = z.array(z.strictObject({ name: z.string(), email: z.string().optional() }));
    expect(takes(structure(contact, ''), [{ name: 'Shop', email: null }])).toEqual([{ name: 'Shop' }]);
  });
  test('an unknown word is refused with the known ones', () => {
    expect(oneOf(['a', 'b'], '').safeParse('c').error?.issues[0]?.message).toMatch(/"a"\|"b"/);
  });

  test.each([
    ['https://x.test/a.jpg', ['https://x.test/a.jpg']],
    ['https://x.test/a,b.jpg', ['https://x.test/a,b.jpg']],
    ['https://x.test/a.jpg, https://x.test/b.jpg', ['https://x.test/a.jpg', 'https://x.test/b.jpg']],
    [['https://x.test/a.jpg'], ['https://x.test/a.jpg']],
    [' https://x.test/a,b.jpg , https://x.test/b.jpg ', ['https://x.test/a,b.jpg', 'https://x.test/b.jpg']],
  ])('URLs: %j', (value, read) => expect(takes(urls(''), value)).toEqual(read));
});

describe('dates as models write them', () => {
  test.each([
    ['2026-05-31', 'from', '2026-05-31T00:00:00'],
    ['2026-05-31', 'to', '2026-05-31T23:59:59'],
    ['2026-05-31T14:00', 'to', '2026-05-31T14:00:00'],
    ['2026-05-31 14:00:05.123', 'from', '2026-05-31T14:00:05'],
    ['2026-05-31T14:00:00Z', 'from', '2026-05-31T14:00:00'],
    ['2026-05-31T14:00:00+02:00', 'from', '2026-05-31T12:00:00'],
    ['2026-01-01T00:30:00+0100', 'from', '2025-12-31T23:30:00'],
  ] as const)('%s (%s) is %s UTC', (value, bound, utc) => {
    expect(parseUtcDateTime(value, bound)).toBe(utc);
  });

  test.each([
    '31/05/2026',
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '2026-05-31T25:00',
    '2026-05-31T14:00+99:99',
    '',
  ])('%j is refused', value => {
    expect(() => parseUtcDateTime(value, 'from')).toThrow(RangeError);
  });

  test("a zone contradicts the business's own clock", () => {
    expect(parseLocalDateTime('2026-05-31T14:00', 'from')).toBe('2026-05-31T14:00:00');
    expect(() => parseLocalDateTime('2026-05-31T14:00:00Z', 'from')).toThrow(/local time without a zone/);
  });

  test('a day', () => {
    expect(parseDate('2026-05-31T14:00:00Z')).toBe('2026-05-31');
    expect(() => parseDate('May 31')).toThrow(/must be a date such as/);
  });
});
