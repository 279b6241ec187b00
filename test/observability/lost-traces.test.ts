import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { post } from '../support/post.ts';
import { type RunningPair, startPair } from '../support/start.ts';

const KEY = { 'x-APIKey': 'demo-admin' };
const SEARCH = { name: 'search_businesses', arguments: { per_page: 5 } };

let pair: RunningPair;
const start = async (env: Record<string, string>) => {
  pair = await startPair({ UPSTREAM_TIMEOUT_MS: '300', ...env });
};
const lost = () => pair.log.filter(({ msg, level }) => msg === 'traces are lost' && level === 40);

test('a collector that hangs delays neither calls nor the exit, and is logged', async () => {
  const hanging = createServer(() => {}).listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const { port } = hanging.address() as { port: number };
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  const { body } = await post(pair.url, { method: 'tools/call', params: SEARCH }, KEY);
  expect(body.result?.isError).toBeFalsy();
  await pair.close();
  expect(lost()).not.toEqual([]);
  hanging.closeAllConnections();
  hanging.close();
});

test('a collector that refuses is logged once per minute, with its status and nothing of its response', async () => {
  const secret = 'secret-5e1f';
  let asked = 0;
  // Says in each of its places what it was sent.
  const refusing = createServer(({ headers }, response) => {
    asked++;
    const echo = String(headers.authorization);
    response.writeHead(401, `No ${echo}`, { 'x-echo': echo }).end(`{"not accepted": "${echo}"}`);
  }).listen(0, '127.0.0.1');
  await once(refusing, 'listening');
  const { port } = refusing.address() as { port: number };
  await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secret}`,
  });
  // A batch goes out when it is full, or when it is five seconds old.
  for (let sent = 0; asked < 2; sent += 50) {
    expect(sent).toBeLessThan(2_000);
    const calls = Array.from({ length: 50 }, () =>
      post(pair.url, { method: 'tools/call', params: { name: 'none' } }, KEY),
    );
    await Promise.all(calls);
  }
  await pair.close();
  expect(asked).toBeGreaterThan(2);
  expect(lost()).toMatchObject([{ problem: 'the collector responded with 401' }]);
  expect(JSON.stringify(pair.log)).not.toContain(secret);
  refusing.close();
});

test('a collector that cannot be reached is logged with the reason', async () => {
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  await post(pair.url, { method: 'tools/call', params: SEARCH }, KEY);
  await pair.close();
  expect(lost()).toMatchObject([{ problem: expect.stringContaining('ECONNREFUSED') }]);
});
