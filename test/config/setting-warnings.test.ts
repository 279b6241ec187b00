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
  [{ KEY_HASH_SECRET: 'x'.repeat(64) }, /^KEY_HASH_SECRET repeats itself.*openssl rand -hex 32/],
  [{ KEY_HASH_SECRET: 'changeme-'.repeat(5) }, /^KEY_HASH_SECRET repeats itself/],
  [{ KEY_HASH_SECRET: `${'0123456789'.repeat(3)}0123` }, /^KEY_HASH_SECRET repeats itself/],
  [{ KEY_HASH_SECRET: 'replace-me-with-32-random-characters' }, /^KEY_HASH_SECRET .*is an example/],
  [{ KEY_HASH_SECRET: '${KEY_HASH_SECRET} of this deployment' }, /^KEY_HASH_SECRET .*is an example/],
  [{ KEY_HASH_SECRET: 'abbabaabbaababbabaababbaabbabaab' }, /^KEY_HASH_SECRET repeats itself/],
  [
    { PARTOO_ENV: 'demo', HOST: '0.0.0.0', ALLOWED_HOSTS: '*' },
    /^PARTOO_ENV=demo on HOST=0.0.0.0: the demo's keys are public/,
  ],
  [{ KEY_RATE_LIMIT_PER_MINUTE: '400' }, /^KEY_RATE_LIMIT_PER_MINUTE is above RATE_LIMIT_PER_MINUTE/],
  [
    { REPLICAS_HINT: '9', RATE_LIMIT_PER_MINUTE: '8', REDIS_URL, KEY_HASH_SECRET: GOOD_SECRET },
    /^REPLICAS_HINT is above RATE_LIMIT_PER_MINUTE/,
  ],
  [{ MAX_WAITING_PER_KEY: '0' }, /^MAX_WAITING_PER_KEY=0 lets no call wait/],
  [{ WRITE_MEMORY_SECONDS: '0' }, /^WRITE_MEMORY_SECONDS=0 remembers no write/],
  [{ WRITE_MEMORY_SECONDS: '30' }, /^WRITE_MEMORY_SECONDS=30 remembers no write for as long as clients wait/],
  [{ MAX_EVENT_LOOP_DELAY_MS: '2' }, /^MAX_EVENT_LOOP_DELAY_MS=2 refuses calls.*in milliseconds/],
  [{ RESULT_TOKEN_BUDGET: '30000' }, /^RESULT_TOKEN_BUDGET \(30000\) is above 25000/],
  [{ DRAIN_GRACE_MS: '20000' }, /^A stop may take 80 s.*stop_grace_period/],
  [{ TRUST_PROXY: '10.0.0.0/8,0.0.0.0/0' }, /^TRUST_PROXY=10.0.0.0\/8,0.0.0.0\/0 believes what a caller/],
  [{ TRUST_PROXY: 'true' }, /^TRUST_PROXY=true believes what a caller writes/],
  [
    { TRUST_PROXY: 'loopback', CLIENT_IP_HEADER: 'X-Forwarded-For' },
    /^CLIENT_IP_HEADER=x-forwarded-for names a list that callers can begin/,
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x' },
    /^OTEL_EXPORTER_OTLP_HEADERS travel in clear/,
  ],
])('%j is a warning at the start', (env, warning) => {
  expect(readConfig(env).warnings).toEqual([expect.stringMatching(warning)]);
});

test('a deadline beyond what clients wait for is a warning, and so is the stop that takes as long', () => {
  expect(readConfig({ TOOL_DEADLINE_MS: '120000' }).warnings).toEqual([
    expect.stringMatching(/^TOOL_DEADLINE_MS \(120000\) is above 60000/),
    expect.stringMatching(/^A stop may take 133 s/),
  ]);
});

test.each([
  {},
  { PARTOO_ENV: 'demo' },
  { PARTOO_ENV: 'sandbox', READ_ONLY: 'true', TOOLSETS: 'reviews' },
  { PARTOO_BASE_URL: 'https://gateway.example/partoo/v2/' },
  { REDIS_URL, REPLICAS_HINT: '3', KEY_HASH_SECRET: GOOD_SECRET },
  { KEY_HASH_SECRET: 'tZ4sU0wq8Yf3mC1vGk6hQxBnLrJpD7eA+2/5iOoXbWk=' },
  { KEY_HASH_SECRET: 'a secret of more than thirty-two characters' },
  { TRUST_PROXY: '10.0.0.0/8' },
  { TRUST_PROXY: 'true', CLIENT_IP_HEADER: 'fly-client-ip' },
  { RATE_LIMIT_MAX_WAIT_MS: '0', MAX_WAITING_PER_KEY: '0' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x' },
])('%j gives nobody anything to do', env => {
  expect(readConfig(env).warnings).toEqual([]);
});

test('a warning stands in the log, at its level', async () => {
  const server = await startProcess({ PARTOO_ENV: 'demo', REPLICAS_HINT: '2' });
  const line = server
    .output()
    .split('\n')
    .find(text => text.includes('REPLICAS_HINT=2 without REDIS_URL'));
  expect(JSON.parse(line as string)).toMatchObject({ level: 40 });
  expect(await server.stop()).toBe(0);
});
