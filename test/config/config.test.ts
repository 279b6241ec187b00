import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { SETTING_NAMES, SETTINGS } from '../../src/config/settings.ts';

describe('the configuration', () => {
  test('has a default for every setting', () => {
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
      BUSINESS_NAMES: true,
      ALLOWED_HOSTS: [],
      ALLOWED_ORIGINS: [],
      LOG_LEVEL: 'info',
      TRUST_PROXY: false,
      warnings: [],
    });
    expect(readConfig({}).REDIS_URL).toBeUndefined();
    expect(readConfig({}).TOOLSETS).toBeUndefined();
  });

  test.each([
    [{ PARTOO_ENV: 'sandbox' }, 'https://api.sandbox.partoo.co/v2'],
    [{ PARTOO_ENV: 'sandbox', PARTOO_BASE_URL: 'http://localhost:1/v2/' }, 'http://localhost:1/v2'],
    [{ PARTOO_ENV: 'demo' }, undefined],
  ])('%j makes the base URL of Partoo %s', (env, baseUrl) => {
    expect(readConfig(env).PARTOO_BASE_URL).toBe(baseUrl);
  });

  test('reports every fault at once', () => {
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

  test('the base URL of production with PARTOO_ENV=sandbox is a fault, since writes would be real', () => {
    const env = { PARTOO_ENV: 'sandbox', PARTOO_BASE_URL: 'https://API.partoo.co/v2/' };
    expect(() => readConfig(env)).toThrow(/PARTOO_BASE_URL: is the production/);
  });

  test('quotes and spaces round a value, which docker run --env-file keeps, are removed', () => {
    expect(readConfig({ READ_ONLY: '"true"', TOOLSETS: "'reviews' ", PORT: '8080\r' })).toMatchObject({
      READ_ONLY: true,
      TOOLSETS: ['reviews'],
      PORT: 8080,
    });
  });

  test('the demo with a base URL is a fault', () => {
    expect(() => readConfig({ PARTOO_ENV: 'demo', PARTOO_BASE_URL: 'https://x/v2' })).toThrow(
      /PARTOO_BASE_URL: PARTOO_ENV is demo/,
    );
  });

  test.each([
    [{ PORT: '70000' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '1.5' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ RATE_LIMIT_MAX_WAIT_MS: '50000' }, 'RATE_LIMIT_MAX_WAIT_MS: must be less than TOOL_DEADLINE_MS'],
    [{ PARTOO_BASE_URL: 'abc', PORT: 'x' }, /2 fault.*PORT.*PARTOO_BASE_URL: must be an http/s],
    [{ PARTOO_BASE_URL: 'https://:secret@x/v2' }, 'PARTOO_BASE_URL: must contain no user name'],
    [{ REDIS_URL: 'redis://127.0.0.1:99999' }, 'REDIS_URL: must be redis://host:6379'],
    [{ TRUST_PROXY: '10.0.0.0/99' }, 'TRUST_PROXY: must be true, false'],
    [{ ALLOWED_HOSTS: 'mcp.example.com:443' }, 'ALLOWED_HOSTS: must be host names'],
    [{ ALLOWED_ORIGINS: 'https://app.example.com' }, 'ALLOWED_ORIGINS: must be host names'],
    [{ PARTOO_BASE_URL: 'https://me:secret@x/v2' }, 'PARTOO_BASE_URL: must contain no user name'],
    [{ READ_ONLY: '1' }, /READ_ONLY: .*"true"/],
    [
      { TOOLSETS: 'reviews,review,post' },
      'TOOLSETS: there is no review, post; known are default, all, businesses, ',
    ],
    [{ TOOLSETS: ' , ' }, 'TOOLSETS: is empty; known are default, all, businesses, '],
    [
      { TOOLSETS: 'x', READ_ONLY: 'yes', MCP_TOOLSET: 'reviews' },
      /3 fault.*READ_ONLY.*TOOLSETS.*MCP_TOOLSET/s,
    ],
    [
      { HOST: '0.0.0.0' },
      'ALLOWED_HOSTS: HOST is 0.0.0.0, which other machines can reach: set it to the names',
    ],
    [
      { HOST: 'localhost.example' },
      'ALLOWED_HOSTS: HOST is localhost.example, which other machines can reach',
    ],
    [{ HOST: 'my-localhost' }, 'ALLOWED_HOSTS: HOST is my-localhost, which other machines can reach'],
    [{ HOST: '::', ALLOWED_HOSTS: ' , ', PORT: 'x' }, /2 fault.*PORT.*ALLOWED_HOSTS: HOST is ::/s],
    [{ KEY_HASH_SECRET: 'short' }, 'KEY_HASH_SECRET: must have at least 32 characters'],
    [{ REDIS_URL: 'redis://a,b' }, 'REDIS_URL: must be redis://host:6379'],
    [{ MAX_EVENT_LOOP_DELAY_MS: '2' }, 'MAX_EVENT_LOOP_DELAY_MS: must be a whole number from 50 to 60000'],
  ])('%j is a fault that says what is accepted', (env, fault) => {
    expect(() => readConfig(env)).toThrow(fault);
  });

  test('a deadline shorter than the default wait for the limit is accepted, since it bounds the wait too', () => {
    expect(readConfig({ TOOL_DEADLINE_MS: '5000' }).TOOL_DEADLINE_MS).toBe(5_000);
  });

  test.each(['TOOLS', 'MODE', 'WRITE', 'GITHUB_READ_ONLY'])(
    'the variable %s is ignored without a warning',
    name => {
      expect(readConfig({ [name]: 'x' }).warnings).toEqual([]);
    },
  );

  test('variables that Kubernetes sets for a service named redis give no warning beside REDIS_URL', () => {
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

  test('an empty setting counts as not set', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '' })).toEqual(readConfig({}));
  });

  test.each([
    ['PARTOO_URL', /PARTOO_URL is not a setting.*PARTOO_BASE_URL/],
    ['PARTOO_TOKEN', /PARTOO_TOKEN is not a setting.*PARTOO_ENV, PARTOO_BASE_URL/],
    ['LOGLEVEL', /did you mean LOG_LEVEL/],
    ['RATE_LIMIT', /did you mean RATE_LIMIT_PER_MINUTE\?/],
    ['REDIS_HOST', /REDIS_HOST is not a setting.*REDIS_URL/],
    ['RATE_LIMIT_PER_MINUTES', /did you mean RATE_LIMIT_PER_MINUTE\?/],
    ['ANONYMUS_DISCOVERY', /did you mean ANONYMOUS_DISCOVERY/],
    ['redis_url', /did you mean REDIS_URL/],
    ['READ_CACHE_SECONDS', /READ_CACHE_SECONDS was removed and has no effect: .*no longer caches reads/],
  ])('%s gives a warning that names the right setting', (name, warning) => {
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
  ])('%s is a fault, since ignoring it would leave write tools enabled', (name, setting) => {
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
  ])('HOST=0.0.0.0 is accepted with ALLOWED_HOSTS=%s', (ALLOWED_HOSTS, hosts) => {
    expect(readConfig({ HOST: '0.0.0.0', ALLOWED_HOSTS }).ALLOWED_HOSTS).toEqual(hosts);
  });

  test('Redis without KEY_HASH_SECRET gives a warning', () => {
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
    ['All', ['all']],
    ['messages,default', ['default', 'messages']],
  ])('TOOLSETS=%j is read as %j, in catalog order', (value, toolsets) => {
    expect(readConfig({ TOOLSETS: value }).TOOLSETS).toEqual(toolsets);
  });

  test('common environment variables give no warning', () => {
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
    'TRUST_PROXY=%s is accepted',
    value => {
      expect(readConfig({ TRUST_PROXY: value }).TRUST_PROXY).toBe(value === 'true' ? true : value);
    },
  );

  test('METRICS_PORT is a number, and metrics listen on loopback by default', () => {
    expect(readConfig({}).METRICS_PORT).toBeUndefined();
    expect(readConfig({ METRICS_PORT: '9464' })).toMatchObject({
      METRICS_PORT: 9464,
      METRICS_HOST: '127.0.0.1',
    });
    expect(() => readConfig({ METRICS_PORT: 'yes' })).toThrow(/METRICS_PORT: must be a whole number/);
  });

  test('OTEL_EXPORTER_OTLP_HEADERS are percent-encoded pairs, and settings that only OpenTelemetry knows give no warning', () => {
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
