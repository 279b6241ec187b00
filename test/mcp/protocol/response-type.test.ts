import { Server } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { NO_INSTRUMENTATION } from '../../../src/mcp/calls/instrumentation.ts';
import { createEndpoint } from '../../../src/mcp/endpoint.ts';
import { callEndpoint } from '../../support/call-endpoint.ts';
import { rpc } from '../../support/rpc.ts';

/** Its tool sends a notification that belongs to no progress, which this server's tools never do. */
const endpoint = createEndpoint({
  createServer: () => {
    const server = new Server(
      { name: 'test', version: '1' },
      { capabilities: { tools: { listChanged: false }, logging: {} } },
    );
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      if (params.name === 'notifies') await mcpReq.log('info', 'working on it');
      return { content: [{ type: 'text', text: 'done' }] };
    });
    return server;
  },
  fastPath: undefined,
  instrumentation: NO_INSTRUMENTATION,
  onerror() {},
});

async function call(name: string, accept: string, id?: number) {
  const message = rpc('tools/call', { name, arguments: {} });
  const body = id === undefined ? message : [message, { ...message, id }];
  return callEndpoint(endpoint, { accept }, body);
}

const BOTH = 'application/json, text/event-stream';

describe('a 2025 client that accepts JSON and streams, and requests no progress', () => {
  test('gets JSON', async () => {
    const { type, text } = await call('notifies', BOTH);
    expect(type).toBe('application/json');
    expect(JSON.parse(text)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: 'done' }] },
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
  expect(JSON.parse(text)).toMatchObject({ id: 1, result: { content: [{ text: 'done' }] } });
});
