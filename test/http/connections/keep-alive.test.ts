import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpRequest } from '../../support/http-request.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer('http://127.0.0.1:9/v2');
});
afterAll(() => server.close());

test('keep-alive lasts 65 s, longer than the 60 s of load balancers', async () => {
  const { headers } = await httpRequest(`${server.origin}/healthz`, {
    headers: { connection: 'keep-alive' },
  });
  expect(headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=65' });
});
