import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createIdentify } from '../../../src/http/authentication/identify.ts';
import { hashKey } from '../../../src/http/authentication/key-hash.ts';

const SECRET = 'a secret of thirty-two characters';
const sent = (headers: Record<string, string | string[] | undefined>, socket = new Socket()) => ({
  headersDistinct: Object.fromEntries(
    Object.entries(headers).map(([name, value = []]) => [name, [value].flat()]),
  ),
  socket,
});
const identify = (...request: Parameters<typeof sent>) => createIdentify(SECRET)(sent(...request));

test.each([
  [{ 'x-apikey': 'abc' }, 'abc'],
  [{ 'x-apikey': '  abc ' }, 'abc'],
  [{ authorization: 'Bearer abc' }, 'abc'],
  [{ authorization: 'bearer   abc' }, 'abc'],
  [{ 'x-apikey': 'abc', authorization: 'Bearer def' }, 'abc'],
  [{ 'x-apikey': '', authorization: 'Bearer def' }, 'def'],
  // Claude's connectors can send these names only.
  [{ 'x-api-key': 'abc' }, 'abc'],
  [{ 'x-auth-token': 'abc' }, 'abc'],
  [{ 'x-api-key': 'abc', 'x-auth-token': 'def', authorization: 'Bearer ghi' }, 'abc'],
  [{ 'x-apikey': 'abc', 'x-api-key': 'def' }, 'abc'],
  // Prefixes and quotes that people and clients add to a key.
  [{ authorization: 'Bearer Bearer abc' }, 'abc'],
  [{ authorization: 'Bearer "abc"' }, 'abc'],
  [{ authorization: '"Bearer abc"' }, 'abc'],
  [{ authorization: 'Bearer: abc' }, 'abc'],
  [{ authorization: 'Token abc' }, 'abc'],
  [{ authorization: 'abc' }, 'abc'],
  [{ authorization: 'Bearer x-APIKey: abc' }, 'abc'],
  [{ 'x-apikey': 'Bearer abc' }, 'abc'],
  [{ 'x-apikey': "'abc'" }, 'abc'],
  [{ 'x-apikey': '"\'Bearer abc\'"' }, 'abc'],
  [{ 'x-apikey': 'x-APIKey: abc' }, 'abc'],
  [{ 'x-auth-token': 'bearer  abc' }, 'abc'],
  // Sent twice, or joined by a proxy.
  [{ authorization: ['Bearer abc', 'Bearer abc'] }, 'abc'],
  [{ 'x-apikey': 'abc, abc' }, 'abc'],
  [{ 'x-api-key': 'abc, Bearer abc' }, 'abc'],
  // A placeholder counts as no header.
  [{ 'x-apikey': '${PARTOO_API_KEY}', authorization: 'Bearer def' }, 'def'],
  [{ 'x-apikey': 'undefined', 'x-api-key': 'def' }, 'def'],
])('%j holds the key %s', (headers, key) => {
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
  { 'x-apikey': 'abc, def' },
  { 'x-apikey': ['abc', 'def'] },
  { authorization: ['Bearer abc', 'Bearer def'] },
  { 'x-apikey': 'abc, def', authorization: 'Bearer ghi' },
  { 'x-apikey': 'a b', authorization: 'Bearer ghi' },
  { authorization: 'Bearer Bearer' },
  { authorization: 'Basic' },
  { authorization: '"Basic YTpi"' },
])('%j holds no usable key', headers => {
  expect(identify(headers)).toBeUndefined();
});

describe('the value', () => {
  const PLACEHOLDERS = [
    ...['YOUR_PARTOO_KEY', 'your-api-key', 'YOUR_KEY_HERE', 'yourApiKey', 'your_partoo_api_key_here'],
    ...['replace_me', 'REPLACE-ME', 'insert_your_key', 'paste-key-here', 'changeme', 'PARTOO_API_KEY'],
    ...['<your-key>', '[YOUR_KEY]', 'xxxxxxxx', '***', '...', 'api_key', 'TOKEN'],
    ...['${PARTOO_API_KEY}', '${env:PARTOO_API_KEY}', '${input:partoo-key}', '${{ secrets.PARTOO }}'],
    ...['{env:PARTOO_API_KEY}', '{PARTOO_API_KEY}', '{{key}}', '{{ key }}', '%PARTOO_API_KEY%'],
    ...[
      '$PARTOO_API_KEY',
      '$env:PARTOO_API_KEY',
      '$(PARTOO_API_KEY)',
      'env:PARTOO_API_KEY',
      'process.env.KEY',
    ],
    ...['op://vault/partoo/key', '#{PARTOO}', 'undefined', 'null', 'None', 'nil', 'NaN', '""', "''", ''],
  ];

  test.each(PLACEHOLDERS)('%s is a placeholder, not a key', placeholder => {
    for (const written of [placeholder, `"${placeholder}"`, `'${placeholder}'`, `Bearer ${placeholder}`]) {
      for (const name of ['x-apikey', 'x-api-key', 'x-auth-token', 'authorization']) {
        const headers = { [name]: written };
        expect(identify(headers), JSON.stringify(headers)).toBeUndefined();
      }
    }
  });

  test.each([
    ...['demo-admin', '4f9c2b1e8a7d', 'YWJjZGVm+/==', 'eyJhbGciOi.eyJzdWIi.c2ln', 'pk_live_x9', 'addK3me9Zk'],
    ...['theKey7', 'none1', 'a.b.c', 'key-of-maison-solene', 'nullable', 'user_key_1'],
  ])('%s is a key', key => {
    expect(identify({ 'x-apikey': key })?.key).toBe(key);
  });
});

test('the hash of a key is short, stable and different for every key', () => {
  expect(hashKey('abc', SECRET)).toBe(hashKey('abc', SECRET));
  expect(hashKey('abc', SECRET)).toMatch(/^[0-9a-f]{24}$/);
  expect(hashKey('abc', SECRET)).not.toBe(hashKey('abd', SECRET));
});

test('hash and sealing key depend on the secret, and the sealing key does not contain the hash', () => {
  const headers = { 'x-apikey': 'abc' };
  const here = identify(headers);
  const elsewhere = createIdentify('another secret, of another operator')(sent(headers));
  expect(here?.keyHash).not.toBe(elsewhere?.keyHash);
  expect(here?.sealingKey()).not.toEqual(elsewhere?.sealingKey());
  expect(here?.sealingKey().toString('hex'), 'the hash is no part of it').not.toContain(here?.keyHash);
});

test('two keys on one connection, as proxies send them, are two callers', () => {
  const socket = new Socket();
  const hashOf = (key: string) => identify({ 'x-apikey': key }, socket)?.keyHash;
  expect(['abc', 'abd', 'abc'].map(hashOf)).toEqual(['abc', 'abd', 'abc'].map(key => hashKey(key, SECRET)));
});
