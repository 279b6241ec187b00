import { describe, expect, test } from 'vitest';
import { hasLongIntegers, parseJson } from '../../src/core/json.ts';

const LONG = '9007199254740993';

describe('an integer that JavaScript would round', () => {
  test('keeps its digits wherever in an answer it stands', () => {
    for (let before = 0; before < 40; before++) {
      const text = 'x'.repeat(before);
      expect(parseJson(`["${text}",${LONG}]`)).toEqual([text, LONG]);
    }
  });

  test.each([
    ['alone', LONG, LONG],
    ['with a sign', `-${LONG}`, `-${LONG}`],
    ['with very many digits', `{"id":${LONG.repeat(5)}}`, { id: LONG.repeat(5) }],
    ['behind a deep indent', `[\n${' '.repeat(60)}${LONG}\n]`, [LONG]],
    ['behind one in a text', `["${LONG}",${LONG}]`, [LONG, LONG]],
    [
      'at the end of a line of shorter ones',
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
])('an answer with nothing but %s is parsed the quick way', (_what, json) => {
  expect(hasLongIntegers(json)).toBe(false);
});
