import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/limits/write-memory.ts';

const args = fc.dictionary(fc.string(), fc.jsonValue());
const shuffled = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).toReversed());

describe("a write's fingerprint", () => {
  test('is the same for the same tool and arguments, in whatever order and with whatever is not set', () => {
    fc.assert(
      fc.property(fc.string(), args, (tool, given) => {
        expect(fingerprint(tool, shuffled(given))).toBe(fingerprint(tool, given));
        expect(fingerprint(tool, { ...given, 'never set': undefined })).toBe(fingerprint(tool, given));
      }),
    );
  });

  test('is another one for another tool or other arguments', () => {
    fc.assert(
      fc.property(fc.string(), args, fc.string(), args, (tool, given, otherTool, other) => {
        const same = tool === otherTool && JSON.stringify(sort(given)) === JSON.stringify(sort(other));
        expect(fingerprint(tool, given) === fingerprint(otherTool, other)).toBe(same);
      }),
    );
  });

  test('cannot be made to fit by moving words between arguments', () => {
    expect(fingerprint('t', { a: 'x","b":"y' })).not.toBe(fingerprint('t', { a: 'x', b: 'y' }));
    expect(fingerprint('t', { a: ['1', '2'] })).not.toBe(fingerprint('t', { a: ['1,2'] }));
    expect(fingerprint('t', { a: 1 })).not.toBe(fingerprint('t', { a: '1' }));
    expect(fingerprint('t', { a: 1 }), 'and says nothing of what was written').toMatch(/^[0-9a-f]{64}$/);
  });
});

function sort(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sort);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, inner]) => [name, sort(inner)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
