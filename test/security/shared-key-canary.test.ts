import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashToken } from '../../src/http/authentication/shared-key-tokens/token.ts';
import { tools } from '../../src/tools/index.ts';
import { expectNowhere } from '../support/canaries.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { everyTool } from '../support/every-tool.ts';
import { type FailureMode, type LeakProbe, startLeakProbe } from '../support/leak-probe.ts';
import { scrape } from '../support/metrics.ts';
import { post, postModern } from '../support/post.ts';
import { everythingIn } from '../support/redis-contents.ts';
import { redisDatabase } from '../support/redis-database.ts';
import { type RunningServer, startServer } from '../support/start.ts';
import { madeToken, type TokenFile, tokenFile } from '../support/token-file.ts';

/**
 * The server's own key and its access tokens pass through every part of a server, in front of a Partoo that quotes the key
 * wherever it can. Afterwards they must be nowhere.
 */
const KEY = `canary-key-${randomBytes(6).toString('hex')}`;
const ACCESS_TOKEN = `canary-token-${randomBytes(16).toString('hex')}`;
const ana = madeToken('Ana');
const removed = madeToken('Removed');
const redisUrl = redisDatabase(10);

let probe: LeakProbe;
let collector: Collector;
let file: TokenFile;
beforeEach(async () => {
  file = await tokenFile([ana.entry]);
  collector = await startCollector();
  if (!redisUrl) return;
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  redis.disconnect();
});
afterEach(async () => {
  await probe.close();
  await file.remove();
  collector.close();
});

const FAILURES: (FailureMode | undefined)[] = [
  undefined,
  { status: 401 },
  { status: 500 },
  { broken: 'garbage' },
];
const WAYS = [
  { way: 'team tokens', token: ana.token },
  { way: 'an access token', token: ACCESS_TOKEN },
  { way: 'no credentials', token: undefined },
];

test.each(WAYS.flatMap(way => FAILURES.map(failure => ({ ...way, failure }))))(
  'with $way and Partoo failing as $failure, neither key nor token leaks',
  async ({ way, token, failure }) => {
    probe = await startLeakProbe('text', failure);
    const server = await startServer(probe.baseUrl, {
      PARTOO_API_KEY: KEY,
      ...(way === 'team tokens' && { TEAM_TOKENS_FILE: file.path }),
      ...(way === 'an access token' && { ACCESS_TOKEN }),
      ...(redisUrl && { REDIS_URL: redisUrl }),
      KEY_HASH_SECRET: 'a secret of more than thirty-two characters',
      RATE_LIMIT_PER_MINUTE: '100000',
      // Failures are not retried for long.
      ...(failure && { TOOL_DEADLINE_MS: '1000', UPSTREAM_TIMEOUT_MS: '300' }),
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    });
    const responses = await Promise.all([...callAll(server, token), ...mistakes(server, token)]);
    const metrics = (await scrape(server)).text;
    const stored = redisUrl ? await everythingIn(redisUrl) : '';
    await server.close();
    const log = server.log.map(line => JSON.stringify(line)).join('\n');
    const places = { log, metrics, stored, traces: collector.text(), responses: responses.join('\n') };
    for (const canary of [KEY, ACCESS_TOKEN, ana.token, removed.token, hashToken(ana.token)]) {
      expectNowhere(canary, places);
    }
    // The checks above prove something only if there was something to search.
    expect(responses.length).toBeGreaterThan(tools.length);
    expect(log).toContain(way === 'team tokens' ? '"person":"Ana"' : '"outcome"');
    expect(places.traces).toContain('reply_to_review');
    if (!failure) expect(responses.join('\n')).toContain('structuredContent');
  },
);

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

function callAll({ url }: RunningServer, token: string | undefined): Promise<string>[] {
  return Object.entries(everyTool('text', probe.reviewId)).map(([name, args], index) =>
    index % 2 === 0
      ? post(
          `${url}?toolsets=all`,
          { method: 'tools/call', params: { name, arguments: args } },
          bearer(token),
        ).then(textOf)
      : postModern(`${url}?toolsets=all`, 'tools/call', { name, arguments: args }, bearer(token)).then(
          textOf,
        ),
  );
}

/** Requests with tokens that are unknown, mistyped, in wrong places or given twice. */
function mistakes({ url, origin }: RunningServer, token = ACCESS_TOKEN): Promise<string>[] {
  const search = { method: 'tools/call', params: { name: 'search_reviews', arguments: {} } };
  const headers: Record<string, string>[] = [
    bearer(removed.token),
    bearer(`${removed.token}x`),
    { 'x-api-key': removed.token },
    { 'x-apikey': `${removed.token}, ${token}` },
    { authorization: `Basic ${removed.token}` },
    { ...bearer(removed.token), 'x-mcp-readonly': token },
    { ...bearer(removed.token), origin: `https://${token}.example` },
  ];
  return [
    ...headers.map(each => post(url, search, each).then(textOf)),
    post(`${url}?token=${removed.token}`, search).then(textOf),
    fetch(`${origin}/tools`, { headers: bearer(removed.token) }).then(response => response.text()),
    fetch(`${origin}/no/such/${token}`).then(response => response.text()),
  ];
}

const textOf = ({ body }: { body: unknown }) => JSON.stringify(body);
