import { describe, expect, test } from 'vitest';
import {
  delimit,
  leftOver,
  shorten,
  withoutDelimiters,
} from '../../../src/tools/untrusted-text/delimiters.ts';

describe('marks that were copied into an argument', () => {
  test.each([
    ['<482917>Ana</482917>', 'Ana'],
    ['Dear <482917>Ana</482917>, thank you', 'Dear Ana, thank you'],
    ['<482917>a</482917> and <482917>b</482917>', 'a and b'],
    ['<482917>a <123456>b</123456></482917>', 'a b'],
  ])('go in pairs: %s', (copied, text) => expect(withoutDelimiters(copied)).toBe(text));

  test.each([
    'We grew from <5> to <100000> fans',
    '</482917>',
    '</482917>a<482917>',
    '<482917>a</482918>',
    '<b>a</b>',
  ])('and are part of the text otherwise: %s', text => expect(withoutDelimiters(text)).toBe(text));

  test('and nothing but marks is not nothing, which would clear a field', () => {
    expect(withoutDelimiters('<123456></123456>')).toBe('<123456></123456>');
  });

  test('a megabyte of them takes no time', () => {
    expect(withoutDelimiters('<482917>'.repeat(130_000))).toHaveLength(1_040_000);
    expect(withoutDelimiters(`${'<482917></482917>'.repeat(60_000)}x`)).toBe('x');
  });
});

test.each([
  ['We grew to <100000> fans', /<100000>/],
  ['Bonjour à tous, nous… (+90 characters)', /shortened copy/],
])('%s is not to be published', (text, why) => expect(leftOver(text)).toMatch(why));

test.each(['<b>5</b> (+3 friends)', 'x < 100000 > y', 'Bonjour…'])('%s is', text =>
  expect(leftOver(text)).toBeUndefined(),
);

describe('a text that is shortened', () => {
  test('ends with a word, and says how much is missing', () => {
    expect(shorten('one two three four', 10)).toBe('one two… (+11 characters)');
    expect(shorten('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}… (+40 characters)`);
  });
  test('is shortened again inside its fence, and still says how much is missing', () => {
    const once = shorten(delimit('one two three four five six'), 20);
    expect(shorten(once, 8)).toBe(`${delimit('one two')}… (+20 characters)`);
  });
  test('says so outside its fence', () => {
    expect(shorten(delimit('one two three'), 8)).toBe(`${delimit('one two')}… (+6 characters)`);
  });
  test('is never cut inside a character', () => {
    for (let max = 1; max < 12; max++) expect(shorten('😀'.repeat(20), max).isWellFormed()).toBe(true);
  });
  test('and a short one is itself', () => expect(shorten('one two', 7)).toBe('one two'));
});
