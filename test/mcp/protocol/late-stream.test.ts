import { Server } from '@modelcontextprotocol/server';
import { describe, expect, test, vi } from 'vitest';
import { NO_INSTRUMENTATION } from '../../../src/mcp/calls/instrumentation.ts';
import { createEndpoint } from '../../../src/mcp/endpoint.ts';
import { callEndpoint } from '../../support/call-endpoint.ts';
import { rpc } from '../../support/rpc.ts';

/** One tool sends a notification before its response, the other does not. Our own tools send only progress. */
const endpoint = createEndpoint({
  createServer: () => {
    const server = new Server(
      { name: 'test', version: '1' },
      { capabilities: { tools: { listChanged: false }, logging: {} } },
    );
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      if (params.name === 'notifies') await mcpReq.log('info', 'on my way');
      return { content: [{ type: 'text', text: 'there' }] };
    });
    return server;
  },
  fastPath: undefined,
  instrumentation: NO_INSTRUMENTATION,
  describeAccount: async () => undefined,
  onerror() {},
});

async function call(name: string, accept: string, id?: number) {
  const message = rpc('tools/call', { name, arguments: {} });
  const body = id === undefined ? message : [message, { ...message, id }];
  return callEndpoint(endpoint, { accept }, body);
}

const BOTH = 'application/json, text/event-stream';

describe('a 2025 client that accepts JSON and streams, and requests no progress', () => {
  test('gets a stream if the server sends a notification before the response', async () => {
    const { type, text } = await call('notifies', BOTH);
    expect(type).toBe('text/event-stream');
    expect([...text.matchAll(/"(on my way|there)"/g)].map(([, said]) => said)).toEqual([
      'on my way',
      'there',
    ]);
  });

  test('gets JSON if the server sends only the response', async () => {
    const { type, text } = await call('silent', BOTH);
    expect(type).toBe('application/json');
    expect(JSON.parse(text)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: 'there' }] },
    });
  });

  test('gets an error as JSON', async () => {
    const { type, text } = await call(undefined as unknown as string, BOTH);
    expect(type).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject({ id: 1, error: { code: -32602 } });
  });

  test('gets the responses of a batch as one JSON list', async () => {
    const { type, text } = await call('notifies', BOTH, 2);
    expect(type).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject([{ id: 1 }, { id: 2 }]);
  });
});

test('a client that accepts only JSON gets the response without the notification before it', async () => {
  const { type, text } = await call('notifies', 'application/json');
  expect(type).toBe('application/json');
  expect(JSON.parse(text)).toMatchObject({ id: 1, result: { content: [{ text: 'there' }] } });
});

test.each(['notifies', 'silent'])('no timer runs on after the response of the tool "%s"', async name => {
  const begun = vi.spyOn(globalThis, 'setInterval');
  const ended = vi.spyOn(globalThis, 'clearInterval');
  await call(name, BOTH);
  const timers = begun.mock.results.map(({ value }) => value);
  expect(timers.length, 'a stream was open').toBeGreaterThan(0);
  const stopped = ended.mock.calls.map(([timer]) => timer);
  expect(timers.filter(timer => !stopped.includes(timer))).toEqual([]);
  vi.restoreAllMocks();
});
