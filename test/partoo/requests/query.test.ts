import { expect, test } from 'vitest';
import { queryString } from '../../../src/partoo/requests/query.ts';

test.each([
  [{}, ''],
  [{ a: undefined, b: [] }, ''],
  [{ business__in: ['a', 'b', 'c'] }, '?business__in=a,b,c'],
  [{ keywords: ['bonjour', 'good service'] }, '?keywords=bonjour,good+service'],
  [{ city: 'Aix & Co', page: 2, content__isnull: false }, '?city=Aix+%26+Co&page=2&content__isnull=false'],
  [{ query: 'a,b' }, '?query=a%2Cb'],
  [{ query: '\ud800' }, '?query=%EF%BF%BD'],
])('%j', (query, written) => {
  expect(queryString(query)).toBe(written);
});
