import {
  createMcpHandler,
  isLegacyRequest,
  type McpServer,
  type Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { streamIfSpoken } from './late-stream.ts';
import { asksForProgress } from './progress.ts';
import type { RequestOrigin } from './sdk-server.ts';

/** Makes the MCP server of one request, of either of the SDK's kinds. */
export type CreateMcpServer = (origin: RequestOrigin) => Server | McpServer;

export interface SdkRequest {
  request: Request;
  body: unknown;
  origin: RequestOrigin;
  /** Whether the client takes nothing but streams. */
  onlyStreams: boolean;
}

/**
 * Answers a request as the SDK does, in 2026-07-28 and every 2025 revision, each request by itself: no session to lose.
 *
 * A client that accepts only JSON gets JSON, one that accepts only event streams gets a stream. One that accepts
 * both gets a stream when it asked for progress, or when something is sent before the answer, and JSON otherwise, which
 * is cheaper and survives any proxy.
 */
export function createSdkAdapter(createServer: CreateMcpServer, onerror: (error: Error) => void) {
  return async ({ request, body, origin, onlyStreams }: SdkRequest): Promise<Response> => {
    // Opened at once, not when there is progress to tell: only an open stream can be kept from being cut.
    const asStream = onlyStreams || (origin.streams && asksForProgress(body));
    if (await isLegacyRequest(request, body)) {
      // The answers of a batch are one JSON, with no place for anything before them.
      const ifSpoken = origin.streams && !Array.isArray(body) ? 'stream if spoken' : 'json';
      return serve2025(createServer(origin), request, body, asStream ? 'stream' : ifSpoken, onerror);
    }
    const handler = createMcpHandler(() => createServer(origin), {
      legacy: 'reject',
      onerror,
      responseMode: asStream ? 'sse' : 'auto',
    });
    return handler.fetch(request, { parsedBody: body });
  };
}

/**
 * The SDK's stateless idiom for the 2025 revisions, with the answer's form chosen per request. The SDK's own
 * fallback always answers a stream, and refuses clients that accept only one of the two forms.
 */
async function serve2025(
  server: Server | McpServer,
  request: Request,
  body: unknown,
  form: 'json' | 'stream' | 'stream if spoken',
  onerror: (error: Error) => void,
): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: form === 'json',
  });
  await server.connect(transport);
  request.headers.set('accept', 'application/json, text/event-stream');
  const gone = new Promise<Response>(resolve => {
    const leave = () => {
      // Closing the server aborts its calls; nobody reads what is answered now.
      server
        .close()
        .catch(onerror)
        .finally(() => resolve(new Response(null, { status: 499 })));
    };
    if (request.signal.aborted) leave();
    else request.signal.addEventListener('abort', leave);
  });
  const handle = () => transport.handleRequest(request, { parsedBody: withoutCancellations(body) });
  const decided = form === 'stream if spoken' ? streamIfSpoken(transport, handle) : handle();
  return Promise.race([decided, gone]);
}

/**
 * Without sessions a cancellation can only meet a call of its own batch, and the SDK would then wait for ever for
 * the answer it has suppressed. A client that no longer wants an answer closes the connection.
 */
function withoutCancellations(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  const kept = body.filter(message => message?.method !== 'notifications/cancelled');
  return kept.length > 0 ? kept : body;
}
