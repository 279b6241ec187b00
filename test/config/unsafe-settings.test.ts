import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

const CLEAR = "PARTOO_BASE_URL: callers' keys would travel in clear";

describe('unsafe settings', () => {
  test.each([
    'http://partoo:8080/v2',
    'http://api.partoo.co/v2',
    'http://localhost.example.com/v2',
    'http://127.0.0.1.nip.io/v2',
    'http://my-localhost/v2',
    'http://0.0.0.0/v2',
    'http://10.0.0.5/v2',
    'http://[2001:db8::1]/v2',
    'HTTP://API.PARTOO.CO/v2',
  ])(
    'PARTOO_BASE_URL=%s stops the start, since keys would be unencrypted, unless the operator consents',
    PARTOO_BASE_URL => {
      expect(() => readConfig({ PARTOO_BASE_URL })).toThrow(CLEAR);
      expect(() => readConfig({ PARTOO_BASE_URL })).toThrow('ALLOW_INSECURE_PARTOO_BASE_URL=true');
      const allowed = readConfig({ PARTOO_BASE_URL, ALLOW_INSECURE_PARTOO_BASE_URL: 'true' });
      expect(allowed.warnings, 'still a warning at each start').toEqual([expect.stringContaining(CLEAR)]);
    },
  );

  test.each([
    'http://127.0.0.1:8080/v2',
    'http://localhost/v2',
    'http://LOCALHOST/v2',
    'http://127.1/v2',
    'http://[::1]:3/v2',
    'https://partoo/v2',
  ])('PARTOO_BASE_URL=%s is safe', PARTOO_BASE_URL => {
    expect(readConfig({ PARTOO_BASE_URL }).warnings).toEqual([]);
  });

  test.each([
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /NODE_TLS_REJECT_UNAUTHORIZED: 0 accepts any certificate/],
    [{ NODE_OPTIONS: '--insecure-http-parser' }, /--insecure-http-parser accepts requests/],
    [{ NODE_OPTIONS: '--trace-warnings  --insecure_http_parser' }, /--insecure_http_parser accepts requests/],
    [{ NODE_OPTIONS: '--tls-min-v1.0' }, /--tls-min-v1.0 allows versions of TLS/],
    [{ NODE_OPTIONS: '--tls-keylog=/tmp/keys' }, /--tls-keylog=\/tmp\/keys writes/],
    [{ NODE_OPTIONS: '--inspect=0.0.0.0:9229' }, /--inspect=0.0.0.0:9229 lets anyone/],
    [
      { NODE_OPTIONS: '--inspect-port 0.0.0.0:9229 --trace-warnings' },
      /--inspect-port 0.0.0.0:9229 lets anyone/,
    ],
    [{ NODE_OPTIONS: '--inspect=0.0.0.0' }, /--inspect=0.0.0.0 lets anyone/],
    [{ NODE_DEBUG: 'undici' }, /NODE_DEBUG: .*arguments/],
    [{ NODE_DEBUG: 'http,FETCH' }, /NODE_DEBUG: .*arguments/],
    [{ NODE_DEBUG: '*' }, /NODE_DEBUG: .*keys/],
    [{ DEBUG: 'ioredis:*' }, /DEBUG: .*password/],
    [{ DEBUG: '*' }, /DEBUG: .*password/],
  ])('%j stops the start unless the operator consents', (env, fault) => {
    expect(() => readConfig(env)).toThrow(fault);
    expect(() => readConfig(env)).toThrow('ALLOW_INSECURE_NODE=true');
    const allowed = readConfig({ ...env, ALLOW_INSECURE_NODE: 'true' });
    expect(allowed.warnings).toEqual([expect.stringMatching(fault)]);
  });

  test.each([
    { NODE_TLS_REJECT_UNAUTHORIZED: '1' },
    { NODE_OPTIONS: '--max-old-space-size=200 --inspect --enable-source-maps' },
    { NODE_OPTIONS: '--inspect=9229' },
    { NODE_OPTIONS: '--inspect=127.0.0.1:9229 --inspect-port=[::1]:9230' },
    { NODE_DEBUG: 'timer' },
    { DEBUG: 'express:*' },
  ])('%j is safe', env => {
    expect(readConfig(env).warnings).toEqual([]);
  });

  test('an unsafe flag on the command line stops the start as one in NODE_OPTIONS does', () => {
    expect(() => readConfig({}, ['--insecure-http-parser'])).toThrow(
      '--insecure-http-parser accepts requests',
    );
  });

  test('consent to one risk is not consent to another', () => {
    const env = { PARTOO_BASE_URL: 'http://partoo/v2', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(() => readConfig({ ...env, ALLOW_INSECURE_NODE: 'true' })).toThrow(/1 fault.*PARTOO_BASE_URL/s);
    expect(() => readConfig({ ...env, ALLOW_INSECURE_PARTOO_BASE_URL: 'true' })).toThrow(
      /1 fault.*NODE_TLS_REJECT_UNAUTHORIZED/s,
    );
  });
});
