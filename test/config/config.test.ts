import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { SETTING_NAMES, SETTINGS } from '../../src/config/settings.ts';

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      PARTOO_ENV: 'production',
      PARTOO_BASE_URL: 'https://api.partoo.co/v2',
      RATE_LIMIT_PER_MINUTE: 300,
      RATE_LIMIT_MAX_WAIT_MS: 20_000,
      TOOL_DEADLINE_MS: 50_000,
      UPSTREAM_TIMEOUT_MS: 15_000,
      ANONYMOUS_DISCOVERY: true,
      READ_ONLY: false,
      TOOLSETS: ['businesses', 'reviews', 'messages', 'posts', 'analytics'],
      ALLOWED_HOSTS: [],
      ALLOWED_ORIGINS: [],
      LOG_LEVEL: 'info',
      TRUST_PROXY: false,
      warnings: [],
    });
    expect(readConfig({}).REDIS_URL).toBeUndefined();
  });

  test.each([
    [{ PARTOO_ENV: 'sandbox' }, 'https://api.sandbox.partoo.co/v2'],
    [{ PARTOO_ENV: 'sandbox', PARTOO_BASE_URL: 'http://localhost:1/v2/' }, 'http://localhost:1/v2'],
    [{ PARTOO_ENV: 'demo' }, undefined],
  ])('%j: Partoo is at %s', (env, baseUrl) => {
    expect(readConfig(env).PARTOO_BASE_URL).toBe(baseUrl);
  });

  test('tells every fault at once', () => {
    const env = {
      PORT: 'abc',
      PARTOO_ENV: 'staging',
      PARTOO_BASE_URL: 'ftp://x',
      REDIS_URL: 'localhost:6379',
      RATE_LIMIT_PER_MINUTE: '0',
      ANONYMOUS_DISCOVERY: 'yes',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: '1',
      CLIENT_IP_HEADER: 'Fly Client IP',
    };
    const fault = (() => {
      try {
        readConfig(env);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(fault).toContain('has 9 fault(s)');
    for (const name of Object.keys(env)) expect(fault).toContain(`\n- ${name}: `);
  });

  test('the sandbox at the address of production is a fault: writes would be real', () => {
    const env = { PARTOO_ENV: 'sandbox', PARTOO_BASE_URL: 'https://API.partoo.co/v2/' };
    expect(() => readConfig(env)).toThrow(/PARTOO_BASE_URL: is the production/);
  });

  test('quotes and spaces round a value, as docker run --env-file passes them on, are not part of it', () => {
    expect(readConfig({ READ_ONLY: '"true"', TOOLSETS: "'reviews' ", PORT: '8080\r' })).toMatchObject({
      READ_ONLY: true,
      TOOLSETS: ['reviews'],
      PORT: 8080,
    });
  });

  test('the demo and another Partoo contradict each other', () => {
    expect(() => readConfig({ PARTOO_ENV: 'demo', PARTOO_BASE_URL: 'https://x/v2' })).toThrow(
      /PARTOO_BASE_URL: the demo/,
    );
  });

  test.each([
    [{ PORT: '70000' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '1.5' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ RATE_LIMIT_MAX_WAIT_MS: '50000' }, 'RATE_LIMIT_MAX_WAIT_MS: must be less than TOOL_DEADLINE_MS'],
    [{ PARTOO_BASE_URL: 'abc', PORT: 'x' }, /2 fault.*PORT.*PARTOO_BASE_URL: must be an http/s],
    [{ PARTOO_BASE_URL: 'https://:secret@x/v2' }, 'PARTOO_BASE_URL: must hold no user name'],
    [{ REDIS_URL: 'redis://127.0.0.1:99999' }, 'REDIS_URL: must be redis://host:6379'],
    [{ TRUST_PROXY: '10.0.0.0/99' }, 'TRUST_PROXY: must be true, false'],
    [{ ALLOWED_HOSTS: 'mcp.example.com:443' }, 'ALLOWED_HOSTS: must be host names'],
    [{ ALLOWED_ORIGINS: 'https://app.example.com' }, 'ALLOWED_ORIGINS: must be host names'],
    [{ PARTOO_BASE_URL: 'https://me:secret@x/v2' }, 'PARTOO_BASE_URL: must hold no user name'],
    [{ READ_ONLY: '1' }, /READ_ONLY: .*"true"/],
    [
      { TOOLSETS: 'reviews,review,post' },
      'TOOLSETS: there is no review, post; the toolsets are businesses, ',
    ],
    [{ TOOLSETS: ' , ' }, 'TOOLSETS: names none; the toolsets are businesses, '],
    [
      { TOOLSETS: 'x', READ_ONLY: 'yes', MCP_TOOLSET: 'reviews' },
      /3 fault.*READ_ONLY.*TOOLSETS.*MCP_TOOLSET/s,
    ],
    [{ HOST: '0.0.0.0' }, 'ALLOWED_HOSTS: HOST is 0.0.0.0, which others reach: set it to the names'],
    [{ HOST: 'localhost.example' }, 'ALLOWED_HOSTS: HOST is localhost.example, which others reach'],
    [{ HOST: 'my-localhost' }, 'ALLOWED_HOSTS: HOST is my-localhost, which others reach'],
    [{ HOST: '::', ALLOWED_HOSTS: ' , ', PORT: 'x' }, /2 fault.*PORT.*ALLOWED_HOSTS: HOST is ::/s],
    [{ KEY_HASH_SECRET: 'short' }, 'KEY_HASH_SECRET: must have at least 32 characters'],
    [{ REDIS_URL: 'redis://a,b' }, 'REDIS_URL: must be redis://host:6379'],
  ])('%j is a fault that says what is right', (env, fault) => {
    expect(() => readConfig(env)).toThrow(fault);
  });

  test('a short deadline is no fault: it bounds the default wait as well', () => {
    expect(readConfig({ TOOL_DEADLINE_MS: '5000' }).TOOL_DEADLINE_MS).toBe(5_000);
  });

  test.each(['TOOLS', 'MODE', 'WRITE', 'GITHUB_READ_ONLY'])("%s is somebody else's", name => {
    expect(readConfig({ [name]: 'x' }).warnings).toEqual([]);
  });

  test('variables that Kubernetes sets for a service named redis are no misspelling beside REDIS_URL', () => {
    const env = {
      REDIS_URL: 'redis://redis',
      REDIS_PORT: 'tcp://10.0.0.1:6379',
      KEY_HASH_SECRET: 'k8s'.repeat(11),
    };
    expect(readConfig(env).warnings.join()).not.toContain('REDIS_PORT');
  });

  test.each(['TRUE', 'True', '"true"'])('READ_ONLY=%s is true', READ_ONLY => {
    expect(readConfig({ READ_ONLY }).READ_ONLY).toBe(true);
  });

  test('an empty setting is none', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '' })).toEqual(readConfig({}));
  });

  test.each([
    ['PARTOO_URL', /PARTOO_URL is not a setting.*PARTOO_BASE_URL/],
    ['PARTOO_API_KEY', /PARTOO_API_KEY is not a setting.*PARTOO_ENV, PARTOO_BASE_URL/],
    ['LOGLEVEL', /did you mean LOG_LEVEL/],
    ['RATE_LIMIT', /did you mean RATE_LIMIT_PER_MINUTE\?/],
    ['REDIS_HOST', /REDIS_HOST is not a setting.*REDIS_URL/],
    ['RATE_LIMIT_PER_MINUTES', /did you mean RATE_LIMIT_PER_MINUTE\?/],
    ['ANONYMUS_DISCOVERY', /did you mean ANONYMOUS_DISCOVERY/],
    ['redis_url', /did you mean REDIS_URL/],
    ['READ_CACHE_SECONDS', /READ_CACHE_SECONDS was removed and has no effect: .*no longer caches reads/],
  ])('%s is a warning that says what to do instead', (name, warning) => {
    expect(readConfig({ [name]: 'x' }).warnings).toEqual([expect.stringMatching(warning)]);
  });

  test.each([
    ['READONLY', 'READ_ONLY'],
    ['READ_ONY', 'READ_ONLY'],
    ['PARTOO_READ_ONLY', 'READ_ONLY'],
    ['MCP_READONLY', 'READ_ONLY'],
    ['READ_ONLY_MODE', 'READ_ONLY'],
    ['read_only', 'READ_ONLY'],
    ['TOOLSET', 'TOOLSETS'],
    ['TOOL_SETS', 'TOOLSETS'],
    ['PARTOO_MCP_TOOLSETS', 'TOOLSETS'],
    ['X_MCP_READONLY', 'READ_ONLY'],
    ['read-only', 'READ_ONLY'],
    ['READ_ONLY_ENABLED', 'READ_ONLY'],
    ['ENABLED_TOOLSETS', 'TOOLSETS'],
    ['MCP_TOOLS', 'TOOLSETS'],
    ['DISABLE_WRITES', 'READ_ONLY'],
    ['NO_WRITE', 'READ_ONLY'],
    ['APP_READ_ONLY', 'READ_ONLY'],
    ['EXCLUDE_TOOLS', 'TOOLSETS'],
  ])('%s is a fault, not a warning: ignored it would leave what writes', (name, setting) => {
    expect(() => readConfig({ [name]: 'true' })).toThrow(
      `${name}: is not a setting; did you mean ${setting}?`,
    );
  });

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('HOST=%s needs no ALLOWED_HOSTS', HOST => {
    expect(readConfig({ HOST }).ALLOWED_HOSTS).toEqual([]);
  });

  test.each([
    ['*', ['*']],
    ['MCP.example.com', ['mcp.example.com']],
  ])('HOST=0.0.0.0 starts with ALLOWED_HOSTS=%s', (ALLOWED_HOSTS, hosts) => {
    expect(readConfig({ HOST: '0.0.0.0', ALLOWED_HOSTS }).ALLOWED_HOSTS).toEqual(hosts);
  });

  test('keys hashed without a secret in a Redis are a warning', () => {
    const REDIS_URL = 'redis://localhost:6379';
    expect(readConfig({ REDIS_URL }).warnings).toEqual([
      expect.stringContaining('KEY_HASH_SECRET is not set'),
    ]);
    const KEY_HASH_SECRET = '6f1c0e9a7b3d5824f0e1d2c3b4a59687';
    expect(readConfig({ REDIS_URL, KEY_HASH_SECRET }).warnings).toEqual([]);
  });

  test.each([
    ['reviews', ['reviews']],
    [' POSTS , reviews,', ['reviews', 'posts']],
  ])('TOOLSETS=%j are %j, in the order of the catalogue', (value, toolsets) => {
    expect(readConfig({ TOOLSETS: value }).TOOLSETS).toEqual(toolsets);
  });

  test('what every machine has is no warning', () => {
    const env = {
      HOME: '/root',
      PATH: '/bin',
      PWD: '/',
      USER: 'x',
      HOSTNAME: 'x',
      LANG: 'C',
      SHELL: 'sh',
      TERM: 'xterm',
    };
    expect(readConfig(env).warnings).toEqual([]);
  });

  test.each(['true', '10.0.0.0/8, 127.0.0.1', 'loopback,uniquelocal', '::1'])(
    'TRUST_PROXY takes %s',
    value => {
      expect(readConfig({ TRUST_PROXY: value }).TRUST_PROXY).toBe(value === 'true' ? true : value);
    },
  );

  test('METRICS_PORT is of no use without a number, and there are no metrics without it', () => {
    expect(readConfig({}).METRICS_PORT).toBeUndefined();
    expect(readConfig({ METRICS_PORT: '9464' })).toMatchObject({
      METRICS_PORT: 9464,
      METRICS_HOST: '127.0.0.1',
    });
    expect(() => readConfig({ METRICS_PORT: 'yes' })).toThrow(/METRICS_PORT: must be a whole number/);
  });

  test("headers for the collector are written in OpenTelemetry's way, and others of its settings are no misspelling", () => {
    const { OTEL_EXPORTER_OTLP_HEADERS: headers } = readConfig({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20YTpi==, x-team=a%2Cb',
    });
    expect(headers).toEqual({ authorization: 'Basic YTpi==', 'x-team': 'a,b' });
    for (const wrong of ['authorization', 'a=%', '=b']) {
      expect(() => readConfig({ OTEL_EXPORTER_OTLP_HEADERS: wrong })).toThrow(
        /OTEL_EXPORTER_OTLP_HEADERS: must be name=value pairs/,
      );
    }
    expect(
      readConfig({ OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=b', OTEL_BSP_MAX_QUEUE_SIZE: '1' }).warnings,
    ).toEqual([]);
  });

  test.each(SETTING_NAMES)('%s has a description, from which its documentation is generated', name => {
    expect(SETTINGS.shape[name as keyof typeof SETTINGS.shape].description).toMatch(/^[A-Z].*\.$/);
  });

  test('.env.example documents each setting, with its default', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const documented = [...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(documented.toSorted()).toEqual(SETTING_NAMES.toSorted());
    const uncommented = example.replaceAll(/^# ([A-Z_]+=)/gm, '$1');
    const env = Object.fromEntries(
      uncommented
        .split('\n')
        .filter(line => /^[A-Z_]+=/.test(line))
        .map(line => line.split(/=(.*)/s).slice(0, 2)),
    );
    const { REDIS_URL, PARTOO_BASE_URL, warnings, ...defaults } = readConfig(env);
    expect(defaults).toEqual(expect.objectContaining(readDefaults()));
  });

  function readDefaults() {
    const { REDIS_URL, PARTOO_BASE_URL, warnings, ...defaults } = readConfig({});
    return defaults;
  }
});
