import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as fields from '../../../src/tools/fields/index.ts';
import { businessId, businessIds, country } from '../../../src/tools/fields/shared.ts';
import * as spell from '../../support/spellings.ts';

const WORDS = ['not_treated', 'treated', 'google_my_business', 'week'] as const;
const HEX = 'c4be7993f4425413233d77d3';

/** Each kind of argument: its schema, and values that it must parse alike in every spelling. */
const KINDS: Record<string, [z.ZodType, spell.Spelled[]]> = {
  text: [fields.text(''), ['Lyon', "l'accueil, [bis]", '"so" they say', 'None'].map(spell.freeText)],
  'one of some words': [fields.oneOf(WORDS, ''), WORDS.map(word => spell.word(word))],
  'a word with another name': [
    fields.oneOf(WORDS, '', { aliases: { gmb: 'google_my_business', google_profile: 'google_my_business' } }),
    [spell.word('google_my_business', 'gmb', 'google_profile')],
  ],
  'an order': [
    fields.orderOf(['update_date', '-update_date'], ''),
    ['update_date', '-update_date'].map(spell.order),
  ],
  'an order by any field': [fields.anyOrder(''), ['reply_time', '-average_rating', 'count'].map(spell.order)],
  'a whole number': [fields.integer(''), [0, 2, 100, 123_456_789].map(spell.integer)],
  'the id of something numbered': [
    fields.numericId(''),
    [1, 40_001, '9007199254740993', '12345678901234567890'].map(spell.numericId),
  ],
  'a number': [fields.decimal('', {}), [48.85, -2.35, 0, 7].map(spell.decimal)],
  'a flag': [fields.flag(''), [true, false].map(spell.flag)],
  'a list of words': [
    fields.listOf(WORDS, ''),
    [spell.words(...WORDS), spell.words('week'), spell.plainWords('not_treated', 'week')],
  ],
  'a list of ids': [businessIds(''), [spell.ids(HEX), spell.ids(HEX, '0123456789abcdef01234567')]],
  'a list of texts': [
    fields.texts(''),
    [spell.texts('cold'), spell.texts('cold', 'good service', '100% [sic]')],
  ],
  'a list of URLs': [
    fields.urls(''),
    [spell.urls('https://x.test/a,b.jpg'), spell.urls('https://x.test/a,b.jpg', 'HTTP://y.test/?q=[1]')],
  ],
  'a URL': [fields.url(''), [spell.url('https://x.test/a,b?c=(d)')]],
  'an array of ids': [
    fields.idArray(''),
    [spell.caselessIds('gcid:bar'), spell.caselessIds('gcid:bar', 'gcid:cafe')],
  ],
  'an array of numbers': [fields.numericIdArray(''), [spell.numbers(1), spell.numbers(12, 7)]],
  'a day': [fields.date(''), ['2026-05-31', '2026-10-07', '2024-02-29'].map(spell.day)],
  'a time in UTC': [
    fields.utcDateTime('from', ''),
    ['2026-05-31T14:00:05', '2026-03-01T02:03:04'].map(spell.utcTime),
  ],
  'a local time': [
    fields.localDateTime('to', ''),
    ['2026-05-31T14:00:05', '2026-03-01T02:03:04'].map(spell.localTime),
  ],
  'a list of objects': [
    fields.structure(z.array(z.strictObject({ a: z.string() })), ''),
    [spell.objects({ a: 'x' })],
  ],
};

const kinds = Object.entries(KINDS).map(([kind, [schema, values]]) => ({ kind, schema, values }));

describe('an argument', () => {
  test.each(kinds)('$kind is the same in every spelling with one meaning', ({ schema, values }) => {
    for (const { plain, odd } of values) {
      const meant = schema.parse(plain);
      fc.assert(
        fc.property(odd, shape => {
          expect(schema.parse(shape)).toEqual(meant);
        }),
        { numRuns: 300 },
      );
    }
  });

  test.each(kinds)('$kind parses its own output to the same value', ({ schema, values }) => {
    for (const { plain } of values) {
      const read = schema.parse(plain);
      expect(schema.parse(read)).toEqual(read);
    }
  });

  test.each(kinds)('$kind refuses a value without throwing', ({ schema }) => {
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 100 }),
      fc.json({ maxDepth: 100 }),
      fc.string({ unit: fc.constantFrom(...'[]{}()"\'`\\,;|:-+ \n\t019aTZz_') }),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'name constructor', '-', '--', 'desc', ' asc'),
    );
    fc.assert(
      fc.property(anything, value => {
        const read = schema.safeParse(value);
        if (read.success) expect(schema.parse(read.data)).toEqual(read.data);
      }),
    );
  });
});

describe('a business id', () => {
  test.each([
    [HEX, HEX],
    [HEX.toUpperCase(), HEX],
    [`"${HEX}"`, HEX],
    ['c-PAR/01', 'c-PAR/01'],
    ['C-PAR/01', 'c-C-PAR/01'],
    ['c-C-PAR/01', 'c-C-PAR/01'],
    [`c-${HEX}`, `c-${HEX}`],
    ['c-rue de Lyon', 'c-rue de Lyon'],
    ['PAR/01', 'c-PAR/01'],
    [['PAR/01'], 'c-PAR/01'],
    [75001, 'c-75001'],
    [HEX.slice(1), `c-${HEX.slice(1)}`],
  ])('%j is parsed as %s', (value, id) => expect(businessId.parse(value)).toBe(id));

  test.each([['c-PAR/04'], ['PAR/04']])(
    'a list refuses the store code %j and says where to find ids',
    code => {
      const { error } = businessIds('').safeParse([HEX, code]);
      expect(error?.issues.map(({ message }) => message)).toEqual([
        'must be an id of 24 hex characters; search_businesses finds it by name or code',
      ]);
    },
  );

  test('a list separates ids by spaces, but not other text', () => {
    expect(businessIds('').parse(`${HEX} ${HEX.toUpperCase()}`)).toEqual([HEX]);
    expect(businessIds('').safeParse('Maison Solène Bellecour').error?.issues).toHaveLength(1);
  });

  test('a list drops duplicates', () =>
    expect(businessIds('').parse([HEX, HEX.toUpperCase()])).toEqual([HEX]));
});

test('a country may have an alias', () => expect(country.parse(' uk ')).toBe('GB'));
