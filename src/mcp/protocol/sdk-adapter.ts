import {
  createMcpHandler,
  isLegacyRequest,
  type McpServer,
  type Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { streamIfNotified } from './late-stream.ts';
import { requestsProgress } from './progress.ts';
import type { RequestContext } from './request-context.ts';

/** Creates the MCP server of one request. */
export type CreateMcpServer = (context: RequestContext) => Server | McpServer;

/**
 * Serves requests of 2026-07-28 and of every 2025 revision through the SDK. Stateless: there is no session to lose.
 *
 * A client that accepts only JSON gets JSON, one that accepts only event streams gets a stream. One that accepts both gets a
 * stream if it requests progress or the server sends a notification before the response. Otherwise it gets JSON, which is
 * cheaper and passes every proxy.
 */
export function createSdkAdapter(createServer: CreateMcpServer, onerror: (error: Error) => void) {
  return async (request: Request, body: unknown, context: RequestContext): Promise<Response> => {
    const { json, streams } = context.accepts;
    // Opened before there is progress to send: only an open stream can be kept alive.
    const asStream = !json || (streams && requestsProgress(body));
    if (await isLegacyRequest(request, body)) {
      // A batch gets all its responses as one JSON list, which has no place for notifications.
      const lateStream = streams && !Array.isArray(body) ? 'stream if notified' : 'json';
      return serve2025(createServer(context), request, body, asStream ? 'stream' : lateStream, onerror);
    }
    const handler = createMcpHandler(() => createServer(context), {
      legacy: 'reject',
      onerror,
      responseMode: asStream ? 'sse' : 'auto',
    });
    return handler.fetch(request, { parsedBody: body });
  };
}

/**
 * The SDK's stateless idiom for the 2025 revisions, with the response type chosen per request. The SDK's own fallback
 * always sends a stream, and refuses clients that accept only one of the two types.
 */
async function serve2025(
  server: Server | McpServer,
  request: Request,
  body: unknown,
  type: 'json' | 'stream' | 'stream if notified',
  onerror: (error: Error) => void,
): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: type === 'json',
  });
  await server.connect(transport);
  request.headers.set('accept', 'application/json, text/event-stream');
  const disconnected = new Promise<Response>(resolve => {
    const abort = () => {
      // Closing the server aborts its calls.
      server
        .close()
        .catch(onerror)
        .finally(() => resolve(new Response(null, { status: 499 })));
    };
    if (request.signal.aborted) abort();
    else request.signal.addEventListener('abort', abort);
  });
  const handle = () => transport.handleRequest(request, { parsedBody: withoutCancellations(body) });
  const handled = type === 'stream if notified' ? streamIfNotified(transport, handle) : handle();
  return Promise.race([handled, disconnected]);
}

/**
 * Without sessions, a cancellation can only concern a call of its own batch. The SDK suppresses that call's response, and
 * then waits for it forever. Clients cancel by closing the connection.
 */
function withoutCancellations(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  const kept = body.filter(message => message?.method !== 'notifications/cancelled');
  return kept.length > 0 ? kept : body;
}
