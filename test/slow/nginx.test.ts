import { setTimeout as sleep } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { debianConfiguration, hasNginx, type Nginx, startNginx } from '../support/nginx.ts';
import { rpc } from '../support/rpc.ts';
import { type RunningPair, startPair } from '../support/start.ts';

/** Longer than the timeouts of nginx and of the SDK clients (60 s each). */
const WAIT_SECONDS = 90;
const REVIEWS = '/v2/reviews';

const INFO = { name: 'partoo-mcp-tests', version: '1.0.0' };
const ADMIN = { 'x-APIKey': 'demo-admin' };
const OTHER = { 'x-APIKey': 'demo-other' };

interface Outcome {
  isError: boolean;
  seconds: number;
  /** When progress arrived, in seconds since the start. */
  progressAt: number[];
  lastMessage: string | undefined;
}

type CallTool = (
  url: URL,
  headers: Record<string, string>,
  params: { name: string; arguments: Record<string, unknown> },
  options: { onprogress: (progress: { message?: string }) => void; resetTimeoutOnProgress: true },
) => Promise<Record<string, unknown>>;

const callV2: CallTool = async (url, headers, params, options) => {
  const client = new Client(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  return client.callTool(params, options).finally(() => client.close());
};

const callV1: CallTool = async (url, headers, params, options) => {
  const client = new ClientV1(INFO);
  await client.connect(new TransportV1(url, { requestInit: { headers } }));
  return client.callTool(params, undefined, options).finally(() => client.close());
};

const ERAS = [
  { era: '2026-07-28', callTool: callV2, page: 1 },
  { era: '2025-11-25', callTool: callV1, page: 2 },
];

async function callWithProgress(
  callTool: CallTool,
  url: string,
  headers: Record<string, string>,
  params: Parameters<CallTool>[2],
): Promise<Outcome> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const progressAt: number[] = [];
  let lastMessage: string | undefined;
  const onprogress = ({ message }: { message?: string }) => {
    progressAt.push(seconds());
    lastMessage = message;
  };
  const result = await callTool(new URL(url), headers, params, { onprogress, resetTimeoutOnProgress: true });
  return { isError: result.isError === true, seconds: seconds(), progressAt, lastMessage };
}

describe.skipIf(!hasNginx()).concurrent('a call of 90 seconds behind nginx', () => {
  let pair: RunningPair;
  let nginx: Nginx;
  let url: string;
  let plain: Promise<Response>;

  const search = (accept: string, page: number) =>
    fetch(url, {
      method: 'POST',
      headers: { ...ADMIN, 'content-type': 'application/json', accept },
      body: JSON.stringify(rpc('tools/call', { name: 'search_businesses', arguments: { page } })),
    });

  beforeAll(async () => {
    pair = await startPair({
      RATE_LIMIT_MAX_WAIT_MS: '110000',
      TOOL_DEADLINE_MS: '120000',
      UPSTREAM_TIMEOUT_MS: '110000',
    });
    const port = await freePort();
    nginx = await startNginx(port, debianConfiguration(port, pair.origin));
    url = `${nginx.origin}/mcp`;
    pair.partoo.faults.add({ kind: 'latency', ms: WAIT_SECONDS * 1000, path: REVIEWS, times: ERAS.length });
    // This 429 pauses all calls of the organization.
    pair.partoo.faults.add({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': String(WAIT_SECONDS) },
      path: '/v2/business/search',
    });
    plain = search('application/json', 9);
    await vi.waitFor(() => expect(pair.received()).toHaveLength(1));
    // The pause begins when the response arrives.
    await sleep(500);
  });
  afterAll(async () => {
    await nginx?.stop();
    await pair?.close();
  });

  test.each(ERAS)(
    'survives while it waits for the rate limit, with progress, in $era',
    async ({ callTool, page }) => {
      const params = { name: 'search_businesses', arguments: { page } };
      const { isError, seconds, progressAt, lastMessage } = await callWithProgress(
        callTool,
        url,
        ADMIN,
        params,
      );
      expect(isError).toBe(false);
      expect(seconds).toBeGreaterThan(WAIT_SECONDS - 10);
      expect(progressAt[0], 'the proxy passes the first on at once').toBeLessThan(10);
      expect(longestSilence(progressAt, seconds)).toBeLessThan(20);
      expect(lastMessage).toMatch(/^waiting \d s for Partoo's limit$/);
    },
  );

  test.each(ERAS)(
    'survives a slow response of Partoo, with progress, in $era',
    async ({ callTool, page }) => {
      const params = { name: 'search_reviews', arguments: { page } };
      const { isError, seconds, progressAt, lastMessage } = await callWithProgress(
        callTool,
        url,
        OTHER,
        params,
      );
      expect(isError).toBe(false);
      expect(seconds).toBeGreaterThanOrEqual(WAIT_SECONDS);
      expect(longestSilence(progressAt, seconds)).toBeLessThan(30);
      expect(lastMessage).toMatch(/^waiting for Partoo's response, \d+ s so far$/);
    },
  );

  test('survives as a stream without progress, because comments keep it open', async () => {
    const response = await search('text/event-stream', 3);
    const text = await response.text();
    expect(text.match(/^: keepalive$/gm)?.length).toBeGreaterThanOrEqual(4);
    expect(text).toContain('"structuredContent"');
  });

  test('does not survive as JSON, which starts only when it is complete', async () => {
    expect((await plain).status).toBe(504);
  });
});

function longestSilence(progressAt: number[], end: number): number {
  const moments = [0, ...progressAt, end];
  return Math.max(...moments.slice(1).map((moment, i) => moment - (moments[i] as number)));
}
