import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartooRequest } from '../../../src/partoo/requests/request.ts';
import { canonicalRequest } from '../../../src/tools/definition/canonical-request.ts';
import { comparable } from '../../../src/tools/definition/comparable-text.ts';

const body = fc.dictionary(fc.string(), fc.jsonValue());
const shuffled = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).toReversed());
const write = (path: string, body: Record<string, unknown>): PartooRequest => ({
  method: 'POST',
  path,
  body,
  read: json => json,
});
const canonicalOf = (path: string, body: Record<string, unknown>) => canonicalRequest(write(path, body));

describe('the canonical form of a request', () => {
  test('is the same for the same request, whatever the order of its fields and whichever are undefined', () => {
    fc.assert(
      fc.property(fc.string(), body, (path, given) => {
        expect(canonicalOf(path, shuffled(given))).toBe(canonicalOf(path, given));
        expect(canonicalOf(path, { ...given, 'never set': undefined })).toBe(canonicalOf(path, given));
      }),
    );
  });

  test('differs for another path or another body', () => {
    fc.assert(
      fc.property(fc.string(), body, fc.string(), body, (path, given, otherPath, other) => {
        const isSame = path === otherPath && JSON.stringify(plain(given)) === JSON.stringify(plain(other));
        expect(canonicalOf(path, given) === canonicalOf(otherPath, other)).toBe(isSame);
      }),
    );
  });

  test('differs if words move between fields', () => {
    expect(canonicalOf('/', { a: 'x","b":"y' })).not.toBe(canonicalOf('/', { a: 'x', b: 'y' }));
    expect(canonicalOf('/', { a: ['1', '2'] })).not.toBe(canonicalOf('/', { a: ['1,2'] }));
    expect(canonicalOf('/', { a: 1 })).not.toBe(canonicalOf('/', { a: '1' }));
    expect(canonicalOf('/', { a: { b: 1 } })).not.toBe(canonicalOf('/', { a: [['b', 1]] }));
    expect(canonicalOf('/', { a: 1n })).not.toBe(canonicalOf('/', { a: 2n }));
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
