import { Socket } from 'node:net';
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
  expect(identify({ headers, socket: new Socket() })).toMatchObject({ key, keyHash: hashKey(key, SECRET) });
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
  expect(identify({ headers, socket: new Socket() })).toBeUndefined();
});

test('a hash is short, steady and different for every key', () => {
  expect(hashKey('abc', SECRET)).toBe(hashKey('abc', SECRET));
  expect(hashKey('abc', SECRET)).toMatch(/^[0-9a-f]{24}$/);
  expect(hashKey('abc', SECRET)).not.toBe(hashKey('abd', SECRET));
});

test('without the secret nobody can tell which hash a key has, nor open what is sealed for it', () => {
  const request = { headers: { 'x-apikey': 'abc' }, socket: new Socket() };
  const here = identify(request);
  const elsewhere = createIdentify('another secret, of another operator')(request);
  expect(here?.keyHash).not.toBe(elsewhere?.keyHash);
  expect(here?.sealingKey()).not.toEqual(elsewhere?.sealingKey());
  expect(here?.sealingKey().toString('hex'), 'the hash is no part of it').not.toContain(here?.keyHash);
});

test('two keys on one connection, as a proxy brings them, are two callers', () => {
  const socket = new Socket();
  const hashOf = (key: string) => identify({ headers: { 'x-apikey': key }, socket })?.keyHash;
  expect(['abc', 'abd', 'abc'].map(hashOf)).toEqual(['abc', 'abd', 'abc'].map(key => hashKey(key, SECRET)));
});
