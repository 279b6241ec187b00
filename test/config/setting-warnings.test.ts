import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { startProcess } from '../support/process.ts';

const REDIS_URL = 'redis://redis:6379';
const GOOD_SECRET = '6f1c0e9a7b3d5824f0e1d2c3b4a59687';

test.each([
  [{ PARTOO_BASE_URL: 'https://api.partoo.co' }, /^PARTOO_BASE_URL does not end with \/v2/],
  [{ PARTOO_BASE_URL: 'https://gateway.example/partoo/' }, /^PARTOO_BASE_URL does not end with \/v2/],
  [{ PARTOO_BASE_URL: 'https://api.partoo.co/v2/business' }, /^PARTOO_BASE_URL does not end with \/v2/],
  [{ REPLICAS_HINT: '2' }, /^REPLICAS_HINT=2 without REDIS_URL.* made twice\. Set REDIS_URL/],
  [
    { UPSTREAM_TIMEOUT_MS: '60000' },
    /^UPSTREAM_TIMEOUT_MS \(60000\) is not below TOOL_DEADLINE_MS \(50000\)/,
  ],
  [{ TOOL_DEADLINE_MS: '10000' }, /^UPSTREAM_TIMEOUT_MS \(15000\) is not below TOOL_DEADLINE_MS \(10000\)/],
  [
    { KEY_HASH_SECRET: 'x'.repeat(64) },
    /^KEY_HASH_SECRET is a placeholder or repetitive.*openssl rand -hex 32/,
  ],
  [{ KEY_HASH_SECRET: '0123456789'.repeat(4) }, /^KEY_HASH_SECRET is a placeholder or repetitive/],
  [{ KEY_HASH_SECRET: 'replace-me-with-32-random-characters' }, /^KEY_HASH_SECRET is a placeholder/],
  [{ KEY_HASH_SECRET: '${KEY_HASH_SECRET} of this deployment' }, /^KEY_HASH_SECRET is a placeholder/],
  [
    { KEY_HASH_SECRET: 'abbabaabbaababbabaababbaabbabaab' },
    /^KEY_HASH_SECRET is a placeholder or repetitive/,
  ],
  [
    { PARTOO_ENV: 'demo', HOST: '0.0.0.0', ALLOWED_HOSTS: '*' },
    /^PARTOO_ENV=demo with HOST=0.0.0.0: the demo's keys are public/,
  ],
  [{ WRITE_MEMORY_SECONDS: '0' }, /^WRITE_MEMORY_SECONDS=0 is less than the 60 s/],
  [{ WRITE_MEMORY_SECONDS: '30' }, /^WRITE_MEMORY_SECONDS=30 is less than the 60 s that clients wait/],
  [{ RESULT_TOKEN_BUDGET: '30000' }, /^RESULT_TOKEN_BUDGET \(30000\) is above 25000/],
  [{ DRAIN_GRACE_MS: '20000' }, /^A stop may take 80 s.*stop_grace_period/],
  [
    { TRUST_PROXY: '10.0.0.0/8,0.0.0.0/0' },
    /^TRUST_PROXY=10.0.0.0\/8,0.0.0.0\/0 trusts the X-Forwarded-For of any client/,
  ],
  [{ TRUST_PROXY: 'true' }, /^TRUST_PROXY=true trusts the X-Forwarded-For of any client/],
  [
    { TRUST_PROXY: 'loopback', CLIENT_IP_HEADER: 'X-Forwarded-For' },
    /^CLIENT_IP_HEADER=x-forwarded-for names a list that clients can begin/,
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x' },
    /^OTEL_EXPORTER_OTLP_HEADERS go unencrypted/,
  ],
])('%j gives a warning at the start', (env, warning) => {
  expect(readConfig(env).warnings).toEqual([expect.stringMatching(warning)]);
});

test('a deadline above 60 s gives two warnings: clients give up before it, and a stop takes too long', () => {
  expect(readConfig({ TOOL_DEADLINE_MS: '120000' }).warnings).toEqual([
    expect.stringMatching(/^TOOL_DEADLINE_MS \(120000\) is above 60000/),
    expect.stringMatching(/^A stop may take 133 s/),
  ]);
});

test.each([
  {},
  { PARTOO_ENV: 'demo' },
  { PARTOO_ENV: 'demo', HOST: '0.0.0.0', ALLOWED_HOSTS: 'mcp.example.com', PARTOO_API_KEY: 'demo-admin' },
  { PARTOO_ENV: 'sandbox', READ_ONLY: 'true', TOOLSETS: 'reviews' },
  { PARTOO_BASE_URL: 'https://gateway.example/partoo/v2/' },
  { REDIS_URL, REPLICAS_HINT: '3', KEY_HASH_SECRET: GOOD_SECRET },
  { KEY_HASH_SECRET: 'tZ4sU0wq8Yf3mC1vGk6hQxBnLrJpD7eA+2/5iOoXbWk=' },
  { KEY_HASH_SECRET: 'a secret of more than thirty-two characters' },
  { TRUST_PROXY: '10.0.0.0/8' },
  { TRUST_PROXY: 'true', CLIENT_IP_HEADER: 'fly-client-ip' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x' },
])('%j gives no warning', env => {
  expect(readConfig(env).warnings).toEqual([]);
});

test('warnings are logged at the start, at level warn', async () => {
  const server = await startProcess({ PARTOO_ENV: 'demo', REPLICAS_HINT: '2' });
  const line = server
    .output()
    .split('\n')
    .find(text => text.includes('REPLICAS_HINT=2 without REDIS_URL'));
  expect(JSON.parse(line as string)).toMatchObject({ level: 40 });
  expect(await server.stop()).toBe(0);
});
