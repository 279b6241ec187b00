import { describe, expect, test } from 'vitest';
import { hasLongIntegers, parseJson } from '../../src/core/json.ts';

const LONG = '9007199254740993';

describe('an integer that JavaScript would round', () => {
  test('keeps its digits at any position', () => {
    for (let before = 0; before < 40; before++) {
      const text = 'x'.repeat(before);
      expect(parseJson(`["${text}",${LONG}]`)).toEqual([text, LONG]);
    }
  });

  test.each([
    ['alone', LONG, LONG],
    ['with a sign', `-${LONG}`, `-${LONG}`],
    ['with very many digits', `{"id":${LONG.repeat(5)}}`, { id: LONG.repeat(5) }],
    ['after a deep indent', `[\n${' '.repeat(60)}${LONG}\n]`, [LONG]],
    ['after one in a string', `["${LONG}",${LONG}]`, [LONG, LONG]],
    [
      'after many shorter ones',
      `[${'123456789012345,'.repeat(9)}${LONG}]`,
      [...Array(9).fill(123456789012345), LONG],
    ],
  ])('keeps its digits %s', (_where, json, parsed) => {
    expect(parseJson(json)).toEqual(parsed);
  });
});

test.each([
  ['an id in quotes', `{"google_location_id":"${LONG}"}`],
  ['a part of a word', `{"id":"ChIJ${LONG}"}`],
  ['decimals', `{"lat":48.${LONG}}`],
  ['several short ones', '[123456789012345,123456789012345]'],
])('JSON with only %s needs no exact parsing', (_what, json) => {
  expect(hasLongIntegers(json)).toBe(false);
});
