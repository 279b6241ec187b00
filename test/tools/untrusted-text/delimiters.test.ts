import { describe, expect, test } from 'vitest';
import {
  copiedPart,
  delimit,
  shorten,
  withNonce,
  withoutDelimiters,
} from '../../../src/tools/untrusted-text/delimiters.ts';

describe('delimiters that were copied into an argument', () => {
  test.each([
    ['<482917>Ana</482917>', 'Ana'],
    ['Dear <482917>Ana</482917>, thank you', 'Dear Ana, thank you'],
    ['<482917>a</482917> and <482917>b</482917>', 'a and b'],
    ['<482917>a <123456>b</123456></482917>', 'a b'],
  ])('are removed in pairs: %s', (copied, text) => expect(withoutDelimiters(copied)).toBe(text));

  test.each([
    'We grew from <5> to <100000> fans',
    '</482917>',
    '</482917>a<482917>',
    '<482917>a</482918>',
    '<b>a</b>',
  ])('stay without their counterpart: %s', text => expect(withoutDelimiters(text)).toBe(text));

  test('stay in a text of nothing else: an empty text would clear a field', () => {
    expect(withoutDelimiters('<123456></123456>')).toBe('<123456></123456>');
  });

  test('are removed from a megabyte at once', () => {
    expect(withoutDelimiters('<482917>'.repeat(130_000))).toHaveLength(1_040_000);
    expect(withoutDelimiters(`${'<482917></482917>'.repeat(60_000)}x`)).toBe('x');
  });
});

test.each([
  ['We grew to <100000> fans', /<100000>/],
  ['Bonjour à tous, nous… (+90 characters)', /shortened copy/],
])('%s must not be published', (text, why) => expect(copiedPart(text)).toMatch(why));

test.each(['<b>5</b> (+3 friends)', 'x < 100000 > y', 'Bonjour…'])('%s may be published', text =>
  expect(copiedPart(text)).toBeUndefined(),
);

describe('a text that is shortened', () => {
  test('ends with a whole word and the number of missing characters', () => {
    expect(shorten('one two three four', 10)).toBe('one two… (+11 characters)');
    expect(shorten('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}… (+40 characters)`);
  });
  test('is shortened again within its delimiters, and adds up the missing characters', () => {
    const once = shorten(delimit('one two three four five six'), 20);
    expect(shorten(once, 8)).toBe(`${delimit('one two')}… (+20 characters)`);
  });
  test('has the number outside its delimiters', () => {
    expect(shorten(delimit('one two three'), 8)).toBe(`${delimit('one two')}… (+6 characters)`);
  });
  test('is never cut inside a character', () => {
    for (let max = 1; max < 12; max++) expect(shorten('😀'.repeat(20), max).isWellFormed()).toBe(true);
  });
  test('stays as it is if it is short', () => expect(shorten('one two', 7)).toBe('one two'));
});

test('a nonce that occurs in the response is drawn again', () => {
  const numbers = ['111111', '222222', '333333'];
  const json = JSON.stringify({ id: 1_111_119, text: delimit('my code is 222222') });
  expect(withNonce(json, () => numbers.shift() ?? '')).toBe(
    '{"id":1111119,"text":"<333333>my code is 222222</333333>"}',
  );
});

test('a text that contains every nonce of six digits gets a longer one', () => {
  const json = JSON.stringify(delimit('444444'));
  expect(withNonce(json, digits => '4'.repeat(digits))).toBe('"<4444444>444444</4444444>"');
});
