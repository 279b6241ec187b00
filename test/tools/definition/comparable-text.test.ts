import { describe, expect, test } from 'vitest';
import { comparable } from '../../../src/tools/definition/comparable-text.ts';

describe('texts that people cannot tell apart are the same', () => {
  test.each([
    ['Caf\u00E9', 'Cafe\u0301', 'composed or not'],
    ['one\ntwo', 'one\r\ntwo', 'line ends'],
    ['one\ntwo', 'one\rtwo', 'line ends of old'],
    ['one\ntwo', 'one  \ntwo \n', 'spaces before a line end'],
    ['Bonjour !', 'Bonjour\u00A0!', 'a space that does not break'],
    ['Bonjour !', 'Bonjour\u202F!', 'a narrow one'],
    ['Bonjour', 'Bon\u200Bjour', 'a space of no width'],
    ['Bonjour', '\uFEFFBonjour\u2060', 'marks at the ends'],
    ['Bonjour', 'Bon\u00ADjour', 'a soft hyphen'],
    ['Bonjour', 'Bonjour\u{E0067}\u{E007F}', 'tags without a flag'],
    ['❤', '❤\uFE0F', 'the style of an emoji'],
  ])('%j and %j: %s', (one, other) => {
    expect(comparable(other)).toBe(comparable(one));
  });

  test.each([
    ['Bonjour', 'bonjour'],
    ['Bonjour !', 'Bonjour!'],
    ['one\n\ntwo', 'one\ntwo'],
    ['10²', '102'],
    [
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    ],
    ['\u{845B}\u{E0100}', '\u{845B}'],
    ['\uF8FF Pay', 'Pay'],
    ['\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', '\u0645\u06CC\u062E\u0648\u0627\u0647\u0645'],
    ['👩‍🍳', '👩🍳'],
  ])('%j and %j are not', (one, other) => {
    expect(comparable(other)).not.toBe(comparable(one));
  });
});
