import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@iarna/toml';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { readConfig } from '../../src/config/config.ts';
import { SETTING_NAMES } from '../../src/config/settings.ts';
import { type RunningPair, startPair } from '../support/start.ts';
import { FLY_SCHEMA } from './fly-schema.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

interface Fly {
  kill_signal: string;
  kill_timeout: number;
  env: Record<string, string>;
  http_service: {
    internal_port: number;
    force_https: boolean;
    auto_stop_machines: string;
    min_machines_running: number;
    concurrency: { type: string; soft_limit: number; hard_limit: number };
    checks: { path: string; timeout: string }[];
  };
  vm: { memory: string }[];
  deploy: { max_unavailable: number };
}

describe('fly.toml', () => {
  const toml = read('fly.toml');
  const fly = parse(toml) as unknown as Fly;
  const fits = new Ajv({ allErrors: true }).compile(FLY_SCHEMA);
  const service = fly.http_service;

  test('fits what Fly documents', () => {
    expect(fits(fly) ? [] : fits.errors).toEqual([]);
  });

  test.each([
    ['an unknown name', { http_service: { ...service, min_machine_running: 2 } }],
    ['a check without a path', { http_service: { ...service, checks: [{ interval: '15s' }] } }],
    [
      'a duration without a unit',
      { http_service: { ...service, checks: [{ ...service.checks[0], timeout: 5 }] } },
    ],
    ['an unknown auto-stop', { http_service: { ...service, auto_stop_machines: 'never' } }],
    ['a setting that is not a string', { env: { ...fly.env, REPLICAS_HINT: 2 } }],
    ['a setting with a name reserved by Fly', { env: { FLY_REGION: 'cdg' } }],
    ['more time to stop than Fly allows', { kill_timeout: 301 }],
    ['an unknown strategy', { deploy: { strategy: 'rolling-eyes' } }],
  ])('would not fit with %s', (_, change) => {
    expect(fits({ ...fly, ...change })).toBe(false);
  });

  test('sets only known and valid settings, and no secret', () => {
    expect(Object.keys(fly.env).filter(name => !SETTING_NAMES.includes(name))).toEqual([]);
    const secrets = {
      REDIS_URL: 'redis://private:6379',
      KEY_HASH_SECRET: '6f1c0e9a7b3d5824f0e1d2c3b4a59687',
    };
    expect(readConfig({ HOST: '0.0.0.0', ...fly.env, ...secrets }).warnings).toEqual([]);
    for (const secret of Object.keys(secrets)) expect(fly.env).not.toHaveProperty(secret);
    expect(toml).toMatch(/fly secrets set .*REDIS_URL=/);
  });

  test('stops no machine during a call and allows all calls to finish', () => {
    expect(service.auto_stop_machines).toBe('off');
    expect(fly.kill_signal).toBe('SIGTERM');
    expect(fly.kill_timeout * 1_000).toBeGreaterThanOrEqual(readConfig(fly.env).longestStopMs);
  });

  test('has REPLICAS_HINT machines and replaces them one by one', () => {
    expect(service.min_machines_running).toBeGreaterThanOrEqual(2);
    expect(readConfig(fly.env).REPLICAS_HINT).toBe(service.min_machines_running);
    expect(fly.deploy.max_unavailable).toBe(1);
  });

  test('limits requests per machine, not connections, to what one key may have in flight', () => {
    const { type, soft_limit, hard_limit } = service.concurrency;
    expect(type).toBe('requests');
    expect(soft_limit).toBeLessThan(hard_limit);
    expect(hard_limit).toBeLessThanOrEqual(readConfig(fly.env).MAX_CALLS_IN_FLIGHT_PER_KEY);
  });

  test('serves the port of the image over TLS', () => {
    expect(read('Dockerfile')).toMatch(new RegExp(`\\bPORT=${service.internal_port}\\b`));
    expect(service.force_https).toBe(true);
  });

  describe('its health check', () => {
    let pair: RunningPair;
    beforeAll(async () => {
      pair = await startPair();
    });
    afterAll(() => pair.close());

    test('requests a page that returns 200', async () => {
      for (const { path } of service.checks) {
        expect((await fetch(pair.origin + path)).status, path).toBe(200);
      }
    });
  });
});

describe('the image', () => {
  const [, env = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(read('Dockerfile')) ?? [];
  const settings = Object.fromEntries(
    env.split(/\s*\\?\n\s*/).map(line => line.split('=') as [string, string]),
  );

  test('starts with a Partoo key and nothing else, and makes an access token', () => {
    const config = readConfig({ ...settings, PARTOO_API_KEY: 'a-partoo-key' });
    expect(config).toMatchObject({ HOST: '0.0.0.0', serverKeyIsOpen: false, makesAccessToken: true });
    expect(config.ALLOWED_HOSTS).toEqual(['localhost', '127.0.0.1', '[::1]']);
    expect(config.warnings).toEqual([]);
  });

  test('has the command that makes team tokens', () => {
    expect(read('scripts/build.ts')).toContain("'src/token.ts'");
    expect(read('.ci/smoke')).toContain('node dist/token.js add');
    expect(read('scripts/build.ts')).toContain("'src/doctor.ts'");
    expect(read('.ci/smoke')).toContain('doctor --only account');
  });
});

test('a stop with default settings takes at most 63 seconds: grace, one whole call, and ten', () => {
  expect(readConfig({}).longestStopMs).toBe(63_000);
});

describe('docker-compose.yml', () => {
  const { server, redis } = parseYaml(read('docker-compose.yml')).services;

  test('allows the server to finish all calls', () => {
    const [, seconds] = /^(\d+)s$/.exec(server.stop_grace_period) ?? [];
    expect(Number(seconds) * 1_000).toBeGreaterThanOrEqual(readConfig({}).longestStopMs);
  });

  test('passes all of .env to the server, which refuses a misspelt READ_ONLY', () => {
    expect([server.env_file].flat()).toContain('.env');
    expect(() => readConfig({ ...inTheContainer(), READONLY: 'true' })).toThrow('did you mean READ_ONLY?');
  });

  test('names each setting, so that the shell can override it', () => {
    const unnamed = SETTING_NAMES.filter(name => !(name in server.environment));
    expect(unnamed).toEqual([]);
    expect(Object.keys(server.environment).filter(name => !SETTING_NAMES.includes(name))).toEqual([]);
  });

  test('fixes host, port and Redis of the container, whatever .env says', () => {
    const { HOST, PORT, REDIS_URL } = inTheContainer();
    expect({ HOST, PORT, REDIS_URL }).toEqual({
      HOST: '0.0.0.0',
      PORT: '3000',
      REDIS_URL: 'redis://redis:6379',
    });
    expect(server.ports).toEqual([expect.stringMatching(/127\.0\.0\.1.*:3000$/)]);
  });

  test('has a Redis that forgets nothing when it is full or restarts', () => {
    const flags = redis.command.join(' ');
    expect(flags).toContain('--maxmemory-policy noeviction');
    expect(flags).toContain('--appendonly yes');
  });

  /** The container's environment with an empty .env. */
  function inTheContainer(): Record<string, string> {
    const given = Object.entries(server.environment as Record<string, string | number | null>);
    return Object.fromEntries(
      given.map(([name, value]) => [name, `${value ?? ''}`.replace(/\$\{\w+:-(.*)\}/, '$1')]),
    );
  }
});
