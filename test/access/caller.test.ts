import { expect, test } from 'vitest';
import { createIdentify, hashKey } from '../../src/access/caller.ts';

const SECRET = 'a secret of thirty-two characters';
const identify = createIdentify(SECRET);

test.each([
  [{ 'x-apikey': 'abc' }, 'abc'],
  [{ 'x-apikey': '  abc ' }, 'abc'],
  [{ authorization: 'Bearer abc' }, 'abc'],
  [{ authorization: 'bearer   abc' }, 'abc'],
  [{ 'x-apikey': 'abc', authorization: 'Bearer def' }, 'abc'],
  [{ 'x-apikey': '', authorization: 'Bearer def' }, 'def'],
])('%j: the key is %s', (headers, key) => {
  expect(identify(headers)).toMatchObject({ key, keyHash: hashKey(key, SECRET) });
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
  expect(hashKey('abc', SECRET)).toBe(hashKey('abc', SECRET));
  expect(hashKey('abc', SECRET)).toMatch(/^[0-9a-f]{24}$/);
  expect(hashKey('abc', SECRET)).not.toBe(hashKey('abd', SECRET));
});

test('without the secret nobody can tell which hash a key has, nor open what is sealed for it', () => {
  const headers = { 'x-apikey': 'abc' };
  const here = identify(headers);
  const elsewhere = createIdentify('another secret, of another operator')(headers);
  expect(here?.keyHash).not.toBe(elsewhere?.keyHash);
  expect(here?.sealingKey()).not.toEqual(elsewhere?.sealingKey());
  expect(here?.sealingKey().toString('hex'), 'the hash is no part of it').not.toContain(here?.keyHash);
});
