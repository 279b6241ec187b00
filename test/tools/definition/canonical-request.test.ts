import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartooRequest } from '../../../src/partoo/requests/request.ts';
import { fingerprint } from '../../../src/tools/definition/canonical-request.ts';
import { comparable } from '../../../src/tools/definition/comparable-text.ts';

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

/** As a person compares, in one order. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return comparable(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, inner]) => [name, plain(inner)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
