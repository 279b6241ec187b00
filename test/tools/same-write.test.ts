import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartooRequest } from '../../src/partoo/requests/request.ts';
import { comparable, fingerprint } from '../../src/tools/same-write.ts';

const body = fc.dictionary(fc.string(), fc.jsonValue());
const shuffled = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).toReversed());
const write = (path: string, body: Record<string, unknown>): PartooRequest => ({
  method: 'POST',
  path,
  body,
  read: json => json,
});
const printOf = (path: string, body: Record<string, unknown>) => fingerprint(write(path, body));

describe("a write's fingerprint", () => {
  test('is the same for the same request, in whatever order its fields are and with whatever is not set', () => {
    fc.assert(
      fc.property(fc.string(), body, (path, given) => {
        expect(printOf(path, shuffled(given))).toBe(printOf(path, given));
        expect(printOf(path, { ...given, 'never set': undefined })).toBe(printOf(path, given));
      }),
    );
  });

  test('is another one for another path or another body', () => {
    fc.assert(
      fc.property(fc.string(), body, fc.string(), body, (path, given, otherPath, other) => {
        const isSame = path === otherPath && JSON.stringify(plain(given)) === JSON.stringify(plain(other));
        expect(printOf(path, given) === printOf(otherPath, other)).toBe(isSame);
      }),
    );
  });

  test('cannot be made to fit by moving words between fields', () => {
    expect(printOf('/', { a: 'x","b":"y' })).not.toBe(printOf('/', { a: 'x', b: 'y' }));
    expect(printOf('/', { a: ['1', '2'] })).not.toBe(printOf('/', { a: ['1,2'] }));
    expect(printOf('/', { a: 1 })).not.toBe(printOf('/', { a: '1' }));
    expect(printOf('/', { a: { b: 1 } })).not.toBe(printOf('/', { a: [['b', 1]] }));
    expect(printOf('/', { a: 1n })).not.toBe(printOf('/', { a: 2n }));
    expect(printOf('/', { a: 1 }), 'and says nothing of what was written').toMatch(/^[0-9a-f]{64}$/);
  });
});

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

/** As a person compares, in one order. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return comparable(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, inner]) => [name, plain(inner)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
