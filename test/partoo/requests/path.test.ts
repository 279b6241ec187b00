import fc from 'fast-check';
import { expect, test } from 'vitest';
import { path } from '../../../src/partoo/requests/path.ts';

const resolved = (built: string) => new URL(`https://partoo.test/v2${built}`);

test('a value stays in its own segment, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), value => {
      fc.pre(value !== '.' && value !== '..');
      const url = resolved(path`/business/${value}/x`);
      expect(url.pathname.split('/')).toHaveLength(5);
      expect(url.pathname.startsWith('/v2/business/')).toBe(true);
      expect(url.pathname.endsWith('/x')).toBe(true);
      expect([url.search, url.hash, url.host]).toEqual(['', '', 'partoo.test']);
      expect(decodeURIComponent(url.pathname.split('/')[3] as string)).toBe(value.toWellFormed());
    }),
  );
});

test.each(['.', '..', ''])('%j is refused: it would lead to another endpoint', value => {
  expect(() => path`/business/${value}`).toThrow(RangeError);
});

test.each([
  ['c-PAR/01', '/business/c-PAR%2F01'],
  ['c-LYON 2', '/business/c-LYON%202'],
  ['c-MAD#3', '/business/c-MAD%233'],
  ['c-100%', '/business/c-100%25'],
  ['../user/me', '/business/..%2Fuser%2Fme'],
  ['a?b=c', '/business/a%3Fb%3Dc'],
])('%s', (value, built) => {
  expect(path`/business/${value}`).toBe(built);
});
