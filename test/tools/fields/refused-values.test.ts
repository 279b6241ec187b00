import { expect, test } from 'vitest';
import * as z from 'zod';
import { errorMap } from '../../../src/mcp/calls/error-map.ts';
import * as fields from '../../../src/tools/fields/index.ts';
import { businessIds, country, PLATFORM_ALIASES } from '../../../src/tools/fields/shared.ts';

/** Values with no meaning or several, and the form that the error names. */
const REFUSED: [kind: string, z.ZodType, form: string, values: unknown[]][] = [
  [
    'a whole number',
    fields.integer(''),
    'must be a whole number such as 20',
    ['12.5', 1.5, '1,000', '1 000', '1.000,5', 'twelve', '', '0x10', '1e3', true, [1, 2], {}],
  ],
  [
    'a number',
    fields.decimal('', {}),
    'must be a number such as 48.85',
    ['48,85', '1,234.5', "48°51'", '48.85N', '', true, [48, 85], '48.', {}],
  ],
  [
    'a boolean',
    fields.flag(''),
    'must be true or false',
    ['maybe', 2, -1, '', 'null', 'truefalse', [true, false], {}],
  ],
  ['a text', fields.text(''), 'must be a string', [['a', 'b'], [], {}, true]],
  [
    'a text that stands for no value',
    fields.text(''),
    'leave the argument out for none',
    ['null', 'undefined', 'NaN', '[object Object]'],
  ],
  [
    'an invisible text',
    fields.text(''),
    'must not be empty',
    [
      '',
      ' \n',
      '\u200b',
      '\u200b \u2060\ufeff',
      '\u202e',
      '\u3164',
      '\u2800',
      '\u{e0041}',
      '\u00ad',
      '\u0301',
      ' \u0336',
      '\ufe0f',
      '\u20e3',
      '\ufffc',
      '\u{1d159}',
      '\u{13441}',
      '\u{16fe4}',
    ],
  ],
  [
    'a text that may be empty, of invisible characters only',
    fields.text('', { mayBeEmpty: true }),
    'must not be empty',
    ['\u200b', '\u2060 \u200d'],
  ],
  ['a list with an invisible text', fields.texts(''), 'must not be empty', [['\u200b'], '\u200b,\u2060']],
  [
    'a word',
    fields.oneOf(['treated', 'not_treated'], ''),
    'must be one of treated, not_treated',
    [
      'replied',
      'unreplied',
      'un-treated',
      '-treated',
      '!treated',
      'treated,not_treated',
      ['treated', 'not_treated'],
      '',
      7,
      {},
    ],
  ],
  [
    'a word that names a property of every JavaScript object',
    fields.oneOf(['a'], '', { aliases: { b: 'a' } }),
    'must be one of a',
    ['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ],
  [
    'an order',
    fields.orderOf(['name', '-name'], ''),
    'must be one of name, -name',
    ['city', '-name asc', '-name desc', 'desc', 'name down', 'name constructor', '--', {}],
  ],
  [
    'an order by any field',
    fields.anyOrder(''),
    'must be the name of a field, with -',
    ['', '-', '--count', '-count desc', 'count,-name', 'count; drop', 'a'.repeat(200), '1', {}, 5],
  ],
  [
    'a platform',
    fields.listOf(['google_my_business', 'facebook'], '', { aliases: PLATFORM_ALIASES }),
    'must be one of google_my_business, facebook',
    ['google my', 'my business', 'insta', 'all', 'google facebook yelp', ['-google'], [{}]],
  ],
  ['a list of words', fields.listOf(['a', 'b'], ''), 'must be a list of a, b', [{}, true]],
  ['an empty list', businessIds(''), 'must have at least one value', [[], '', '[]', ',', '[""]']],
  ['a list of ids', businessIds(''), 'must be a list of ids', [{}, true]],
  [
    'a list of texts',
    fields.texts(''),
    'must be a list of strings such as one,two',
    [{}, true, `["l'accueil", 'froid']`],
  ],
  [
    'a URL',
    fields.url(''),
    'must be an http(s) URL such as https://example.com',
    [
      'example.com',
      '//example.com',
      'javascript:alert(1)',
      '',
      'https://a.test https://b.test',
      'https:example.com',
      'https:/example.com',
      'https:///example.com',
      'http:\\\\example.com',
      'https://example.com\\@evil.test',
      'https://user:pw@example.com',
      'https://google.com@evil.test/',
      'https://%65xample.com',
      'https://example..com',
      'https://.',
      'https://*.example.com',
      'https://{host}/',
      'https://a.test,https://b.test',
      'https://a.test/1;https://b.test/2',
      'https://example.com/\u202egpj.exe',
      'https://exam\u200bple.com',
      'https://example.com/"><script>',
      7,
      {},
    ],
  ],
  [
    'a list of URLs',
    fields.urls(''),
    'must be an http(s) URL such as https://example.com',
    [
      '',
      [],
      'a.jpg,b.jpg',
      'https://a.test/1 https://a.test/2',
      'https://a.test/1;https://a.test/2',
      'https://a.test/1;javascript:x y',
      {},
    ],
  ],
  [
    'a country',
    country.unwrap(),
    'must be two letters such as FR',
    ['France', 'FRA', '\u00df', '\ufb01', 'F'],
  ],
  ['an id in a list', fields.idArray(''), 'must not be empty', [['\u200b'], '\u200b']],
  [
    'a published day, of a time in UTC',
    fields.date(''),
    'must be a date such as 2026-05-31; a time in UTC may be on another day at the business',
    ['2026-12-24T23:00:00.000Z', '2026-12-24T22:59:59+00:00', '2026-12-24 23:00 GMT'],
  ],
  [
    'a day',
    fields.date(''),
    'must be a date such as 2026-05-31',
    ['31/05/2026', 1780236000, '', true, {}, ['2026-01-01', '2026-01-02']],
  ],
  [
    'a time',
    fields.utcDateTime('to', ''),
    'must be a date or time such as 2026-05-31',
    ['05/06/2026', 1780236000000, '1780236000', '', {}],
  ],
  [
    'an object',
    fields.structure(z.strictObject({}), ''),
    'must be an object',
    ['', 'open', "{'a': 'it's'}", [{}, {}], '[broken'],
  ],
];

test.each(REFUSED)(
  '%s is refused with the expected form if its value has no meaning or several',
  (_, schema, form, values) => {
    for (const value of values) {
      const messages = schema
        .safeParse(value, { error: errorMap })
        .error?.issues.map(({ message }) => message);
      expect(messages?.[0], JSON.stringify(value)).toContain(form);
      expect(new Set(messages).size, 'reported once').toBe(1);
    }
  },
);

test.each(REFUSED)('%s that is missing is reported as required', (_, schema) => {
  const { error } = schema.safeParse(undefined, { error: errorMap });
  expect(error?.issues.map(({ message }) => message)).toEqual(['is required']);
});
