import {
  createMcpHandler,
  isLegacyRequest,
  type McpServerFactory,
  type Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Caller } from '../partoo/call.ts';
import { NOTHING, type Selection } from './selection.ts';
import type { RequestOrigin } from './server.ts';

export interface McpRequest {
  /** The HTTP request; its body has been read. Its signal is aborted when the caller goes away. */
  request: Request;
  /** The body, parsed. */
  body: unknown;
  caller: Caller | undefined;
  selection: Selection;
  requestId: string;
}

export type McpEndpoint = (request: McpRequest) => Promise<Response>;

/**
 * Serves 2026-07-28 and every 2025 revision from one definition, each request by itself: no session to lose.
 *
 * A client that accepts only JSON gets JSON, one that accepts only event streams gets a stream. One that accepts
 * both gets a stream when it asked for progress and JSON otherwise, which is cheaper and survives any proxy.
 */
export function createEndpoint(
  createServer: (origin: RequestOrigin) => Server,
  onerror: (error: Error) => void,
): McpEndpoint {
  // The SDK's factory gets the request and nothing of ours; this is how it finds whose request it is.
  const origins = new WeakMap<Request, RequestOrigin>();
  const factory: McpServerFactory = ({ requestInfo }) =>
    createServer((requestInfo && origins.get(requestInfo)) ?? NOBODY);
  const modern = createMcpHandler(factory, { legacy: 'reject', onerror });
  const modernStream = createMcpHandler(factory, { legacy: 'reject', onerror, responseMode: 'sse' });

  return async ({ request, body, caller, selection, requestId }) => {
    const accept = request.headers.get('accept') ?? '*/*';
    const streams = accept.includes('text/event-stream');
    const onlyStreams = streams && !/application\/json|\*\/\*|application\/\*/.test(accept);
    const introduces = INTRODUCTIONS.has(methodOf(body));
    const origin = { caller, selection, requestId, streams, introduces };

    // Opened at once, not when there is progress to tell: only an open stream can be kept from being cut.
    const asStream = onlyStreams || (streams && asksForProgress(body));
    if (await isLegacyRequest(request, body)) {
      return serve2025(createServer(origin), request, body, !asStream);
    }
    origins.set(request, origin);
    return (asStream ? modernStream : modern).fetch(request, { parsedBody: body });
  };
}

const NOBODY: RequestOrigin = {
  caller: undefined,
  selection: NOTHING,
  requestId: 'unknown',
  streams: false,
  introduces: false,
};

/** Where a client first meets this server, in either era. */
const INTRODUCTIONS = new Set<unknown>(['initialize', 'server/discover']);

const methodOf = (body: unknown) => (body as { method?: unknown } | null)?.method;

/**
 * The SDK's stateless idiom for the 2025 revisions, with the answer's form chosen per request. The SDK's own
 * fallback always answers a stream, and refuses clients that accept only one of the two forms.
 */
async function serve2025(server: Server, request: Request, body: unknown, json: boolean): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: json,
  });
  await server.connect(transport);
  request.headers.set('accept', 'application/json, text/event-stream');
  const gone = new Promise<Response>(resolve => {
    const leave = () => {
      // Closing the server aborts its calls; nobody reads what is answered now.
      server.close().finally(() => resolve(new Response(null, { status: 499 })));
    };
    if (request.signal.aborted) leave();
    else request.signal.addEventListener('abort', leave);
  });
  return Promise.race([transport.handleRequest(request, { parsedBody: withoutCancellations(body) }), gone]);
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

function asksForProgress(body: unknown): boolean {
  const messages = Array.isArray(body) ? body : [body];
  return messages.some(message => message?.params?._meta?.progressToken !== undefined);
}
