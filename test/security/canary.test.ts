import { randomBytes } from 'node:crypto';
import { connect, Socket } from 'node:net';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CallError } from '../../src/core/call-error.ts';
import { createIdentify } from '../../src/http/authentication/identify.ts';
import { hashKey } from '../../src/http/authentication/key-hash.ts';
import { newMessage } from '../../src/partoo/api/messages.ts';
import { reviewReply } from '../../src/partoo/api/reviews/review-writes.ts';
import { createBreaker } from '../../src/partoo/client/circuit-breaker.ts';
import { NO_PARTOO_HOOKS } from '../../src/partoo/client/hooks.ts';
import { createTransport } from '../../src/partoo/client/transport.ts';
import { KeyRegistry } from '../../src/partoo/keys/key-registry.ts';
import { createPartoo } from '../../src/partoo/partoo.ts';
import { Limiter } from '../../src/rate-limit/limiter.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';
import { MemoryRecords } from '../../src/storage/records/memory-records.ts';
import { tools } from '../../src/tools/index.ts';
import { expectNowhere } from '../support/canaries.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { everyTool } from '../support/every-tool.ts';
import { type FailureMode, type LeakProbe, startLeakProbe } from '../support/leak-probe.ts';
import { scrape } from '../support/metrics.ts';
import { post, postModern } from '../support/post.ts';
import { startProcess } from '../support/process.ts';
import { everythingIn } from '../support/redis-contents.ts';
import { redisDatabase } from '../support/redis-database.ts';
import { startServer } from '../support/start.ts';

/**
 * A recognizable key and text pass through every part of the server, in front of a Partoo that quotes both wherever it can.
 * Afterwards the text may appear only in results, and the key nowhere.
 */
const KEY = `canary-key-${randomBytes(6).toString('hex')}`;
const TEXT = `canary-text-${randomBytes(6).toString('hex')}`;
const SECRET = 'a secret of more than thirty-two characters';
const LEVELS = ['trace', 'info', 'silent'];
const redisUrl = redisDatabase(4);

const FAILURES: (FailureMode | undefined)[] = [
  undefined,
  ...[302, 400, 401, 403, 404, 405, 409, 415, 422, 429, 500, 503].map(status => ({ status })),
  { broken: 'connection' },
  { broken: 'response' },
  { broken: 'silence' },
  { broken: 'garbage' },
  { broken: 'not an object' },
];
/** Refusals in which Partoo explains what is wrong with the call: the explanation belongs in the result. */
const EXPLAINED = [400, 403, 409, 422];

let probe: LeakProbe | undefined;
beforeEach(async () => {
  if (!redisUrl) return;
  const redis = new Redis(redisUrl);
  // Stored results of earlier writes would keep calls from reaching Partoo.
  await redis.flushdb();
  redis.disconnect();
});
let collector: Collector | undefined;
afterEach(async () => {
  await probe?.close();
  collector?.close();
});

const settings = {
  KEY_HASH_SECRET: SECRET,
  // Short deadlines, so that failures are not retried for long.
  TOOL_DEADLINE_MS: '1000',
  UPSTREAM_TIMEOUT_MS: '300',
  RATE_LIMIT_PER_MINUTE: '100000',
  ...(redisUrl && { REDIS_URL: redisUrl }),
};

test('everyTool has a call for every tool', () => {
  expect(Object.keys(everyTool(TEXT, 1)).toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
});

describe.each(FAILURES)('with Partoo failing as %j', failure => {
  // Only the log depends on the level, and `trace` includes the other levels, so those run only without a failure.
  test.each(failure ? ['trace'] : LEVELS)(
    'the key and the text do not leak, at log level %s',
    async LOG_LEVEL => {
      probe = await startLeakProbe(TEXT, failure);
      collector = await startCollector();
      const server = await startServer(probe.baseUrl, {
        ...settings,
        // Without a failure no deadline is reached on purpose, and a busy machine needs more time.
        ...(!failure && { TOOL_DEADLINE_MS: '30000', UPSTREAM_TIMEOUT_MS: '10000' }),
        LOG_LEVEL,
        METRICS_PORT: '0',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      });
      // All at once, so that the circuit breaker does not open before they start.
      const results = (
        await Promise.all([...callAll(server.url, probe.reviewId), ...mistakes(server.url)])
      ).flat();
      const pages = await Promise.all(PAGES.map(page => read(`${server.origin}${page}`)));
      await sendGarbage(server.origin);
      const stored = redisUrl ? await everythingIn(redisUrl) : '';
      // The address of the metrics is logged at level info.
      const metrics = LOG_LEVEL !== 'silent' ? (await scrape(server)).text : '';
      await server.close();
      const traces = collector.text();

      const log = server.log.map(line => JSON.stringify(line)).join('\n');
      expectNowhere(KEY, {
        log,
        stored,
        metrics,
        traces,
        results: results.join('\n'),
        pages: pages.join('\n'),
      });
      expectNowhere(TEXT, { log, stored, metrics, traces, pages: pages.join('\n') });
      const explained = failure && 'status' in failure && EXPLAINED.includes(failure.status);
      const errors = results.filter(result => /"isError":true|"error":\{"code"/.test(result));
      if (!explained) expectNowhere(TEXT, { errors: errors.join('\n') });

      // The checks above prove something only if there was something to search.
      expect(results).toHaveLength(2 * tools.length + MISTAKES.length);
      expect(traces).toContain('reply_to_review');
      if (LOG_LEVEL === 'info') expect(metrics).toContain('reply_to_review');
      if (LOG_LEVEL === 'trace') expect(log).toContain(hashKey(KEY, SECRET));
      if (redisUrl) expect(stored).toContain(hashKey(KEY, SECRET));
      if (failure) expect(errors.length).toBeGreaterThan(2 * tools.length - 3);
      else expect(results.join('\n')).toContain(TEXT);
      if (!failure && LOG_LEVEL === 'trace') {
        const done = server.log.filter(({ outcome }) => outcome === 'ok').map(({ tool }) => tool);
        expect([...new Set(done)].toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
      }
    },
  );

  test('the key and the text do not leak into thrown errors', async () => {
    probe = await startLeakProbe(TEXT, failure);
    const errors = await thrownInside(probe, failure !== undefined);
    if (!failure) return expect(errors).toEqual([]);
    for (const error of errors) {
      expect(error).toBeInstanceOf(CallError);
      expectNowhere(KEY, { error: shown(error) });
      // Partoo's explanations belong in `problems` and `problemsByPartoo` only.
      expectNowhere(TEXT, { error: shown(Object.assign(error, { problems: [], problemsByPartoo: [] })) });
    }
    return expect(errors.length).toBeGreaterThan(0);
  });
});

test('the key and the text do not leak into the output of a process at log level trace', async () => {
  probe = await startLeakProbe(TEXT);
  const server = await startProcess({ ...settings, PARTOO_BASE_URL: probe.baseUrl, LOG_LEVEL: 'trace' });
  await Promise.all([...callAll(server.url, probe.reviewId), ...mistakes(server.url)]);
  const origin = new URL(server.url).origin;
  await Promise.all(PAGES.map(page => read(`${origin}${page}`)));
  await sendGarbage(origin);
  await server.stop();
  expect(server.output()).toContain(hashKey(KEY, SECRET));
  expectNowhere(KEY, { output: server.output() });
  expectNowhere(TEXT, { output: server.output() });
});

/** The log must not use the caller's request id. */
const REQUEST_ID = { 'x-request-id': TEXT };

/** Every header that may carry the key. */
const KEY_SENT: Record<string, string>[] = [
  { 'x-apikey': KEY },
  { 'x-api-key': KEY },
  { 'x-auth-token': `Bearer ${KEY}` },
  { authorization: `Bearer ${KEY}` },
];

/** Calls every tool in both revisions, with the key in each of these headers in turn. */
function callAll(url: string, reviewId: number): Promise<string>[] {
  return Object.entries(everyTool(TEXT, reviewId)).flatMap(([name, args], index) => {
    const older = { ...REQUEST_ID, ...KEY_SENT[index % KEY_SENT.length] };
    const modern = { ...REQUEST_ID, ...KEY_SENT[(index + 2) % KEY_SENT.length] };
    return [
      post(`${url}?toolsets=all`, { method: 'tools/call', params: { name, arguments: args } }, older).then(
        textOf,
      ),
      postModern(`${url}?toolsets=all`, 'tools/call', { name, arguments: args }, modern).then(textOf),
    ];
  });
}

const textOf = ({ body }: { body: unknown }) => JSON.stringify(body);

/** Invalid requests, also with the key in wrong places. */
const MISTAKES: { message: object; headers?: Record<string, string>; query?: string }[] = [
  { message: { method: 'tools/call', params: { name: 'reply_to_review', arguments: { review_id: TEXT } } } },
  { message: { method: 'tools/call', params: { name: 'get_business', arguments: { business_id: '..' } } } },
  { message: { method: 'tools/call', params: { name: 'no_such_tool', arguments: { content: TEXT } } } },
  { message: { method: 'no/such/method', params: { content: TEXT } } },
  { message: { nothing: TEXT } },
  { message: { method: 'tools/list' }, query: `?key=${KEY}` },
  { message: { method: 'tools/list' }, headers: { 'x-apikey': '' }, query: `?x-api-key=${KEY}` },
  { message: { method: 'tools/list' }, headers: { 'x-apikey': `${KEY}, another` } },
  { message: { method: 'tools/list' }, headers: { 'x-mcp-read-only': KEY } },
  { message: { method: 'tools/list' }, headers: { origin: `https://${KEY}.example` } },
  { message: { method: 'tools/list' }, headers: { 'content-type': `text/${KEY}` } },
];

const mistakes = (url: string) =>
  MISTAKES.map(({ message, headers, query = '' }) =>
    post(`${url}${query}`, message, { 'x-apikey': KEY, ...headers }).then(textOf),
  );

const PAGES = ['/', '/tools', `/tools?key=${KEY}`, '/healthz', '/readyz', '/metrics', `/no/such/${KEY}`];

const read = async (url: string) => (await fetch(url, { headers: { 'x-apikey': KEY } })).text();

/** Sends a request with a malformed header after the key. */
function sendGarbage(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  return new Promise(resolve => {
    const socket = connect(Number(port), hostname, () => {
      socket.end(`POST /mcp HTTP/1.1\r\nx-apikey: ${KEY}\r\n: ${TEXT}\r\n\r\n`);
    });
    socket.resume().on('close', () => resolve());
  });
}

async function thrownInside({ baseUrl, reviewId }: LeakProbe, fails: boolean): Promise<Error[]> {
  const rules = {
    limit: 1_000,
    keyLimit: 1_000,
    windowMs: 60_000,
    deliveryAllowanceMs: 2_000,
    maxWaiting: 100,
  };
  const transport = createTransport({ baseUrl, userAgent: 'canary' });
  const limiter = new Limiter(new MemoryStore(rules));
  const log = { error() {} };
  const { openPartoo } = createPartoo({
    transport,
    limiter,
    breaker: createBreaker({ opened() {}, closed() {} }),
    keys: new KeyRegistry(new MemoryRecords(), limiter, log),
    upstreamTimeoutMs: fails ? 300 : 10_000,
    maxWaitMs: 0,
    log,
  });
  const caller = createIdentify(SECRET)({ headersDistinct: { 'x-apikey': [KEY] }, socket: new Socket() });
  if (!caller) throw new Error('the canary was not accepted as a key');
  const partoo = openPartoo({
    caller,
    deadline: performance.now() + (fails ? 1_000 : 30_000),
    signal: new AbortController().signal,
    stats: { attempts: 0, waitedMs: 0 },
    hooks: NO_PARTOO_HOOKS,
  });
  const outcomes = await Promise.allSettled([
    partoo.businesses.search({ query: TEXT }),
    partoo.reviews.search({}),
    partoo.write(newMessage(30001, TEXT)),
    partoo.write(reviewReply(reviewId, TEXT)),
  ]);
  await transport.close();
  return outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

/** Formats an error with all its properties, as a debugger does. */
const shown = (error: Error) =>
  inspect(error, {
    depth: Number.POSITIVE_INFINITY,
    showHidden: true,
    maxStringLength: null,
    maxArrayLength: null,
  });
