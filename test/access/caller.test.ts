import { expect, test } from 'vitest';
import { hashKey, identify } from '../../src/access/caller.ts';

test.each([
  [{ 'x-apikey': 'abc' }, 'abc'],
  [{ 'x-apikey': '  abc ' }, 'abc'],
  [{ authorization: 'Bearer abc' }, 'abc'],
  [{ authorization: 'bearer   abc' }, 'abc'],
  [{ 'x-apikey': 'abc', authorization: 'Bearer def' }, 'abc'],
  [{ 'x-apikey': '', authorization: 'Bearer def' }, 'def'],
])('%j: the key is %s', (headers, key) => {
  expect(identify(headers)).toEqual({ key, keyHash: hashKey(key) });
});

test.each([
  {},
  { 'x-apikey': '' },
  { authorization: 'Basic YTpi' },
  { authorization: 'Bearer' },
  { authorization: 'Bearer a b' },
  { 'x-apikey': 'a\nb' },
  { 'x-apikey': 'é' },
  { 'x-apikey': 'x'.repeat(513) },
  { 'x-apikey': '${PARTOO_API_KEY}' },
  { 'x-apikey': '$PARTOO_API_KEY' },
  { 'x-apikey': '<your-key>' },
  { 'x-apikey': '{{key}}' },
])('%j: nobody', headers => {
  expect(identify(headers)).toBeUndefined();
});

test('a hash is short, steady and different for every key', () => {
  expect(hashKey('abc')).toBe(hashKey('abc'));
  expect(hashKey('abc')).toMatch(/^[0-9a-f]{24}$/);
  expect(hashKey('abc')).not.toBe(hashKey('abd'));
});
