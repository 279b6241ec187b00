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
import type { Watcher } from './watch.ts';

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
  watcher: Watcher,
  onerror: (error: Error) => void,
): McpEndpoint {
  // The SDK's factory gets the request and nothing of ours; this is how it finds whose request it is.
  const origins = new WeakMap<Request, RequestOrigin>();
  const factory: McpServerFactory = ({ requestInfo }) =>
    createServer((requestInfo && origins.get(requestInfo)) ?? NOBODY);
  const modern = createMcpHandler(factory, { legacy: 'reject', onerror });
  const modernStream = createMcpHandler(factory, { legacy: 'reject', onerror, responseMode: 'sse' });

  async function answer({ request, body, caller, selection, requestId }: McpRequest): Promise<Response> {
    const accept = request.headers.get('accept') ?? '*/*';
    const streams = accept.includes('text/event-stream');
    const onlyStreams = streams && !/application\/json|\*\/\*|application\/\*/.test(accept);
    const introduces = INTRODUCTIONS.has(methodOf(body));
    const header = (name: string) => request.headers.get(name) ?? undefined;
    const origin = {
      caller,
      selection,
      requestId,
      protocolVersion: header('mcp-protocol-version'),
      trace: { traceparent: header('traceparent'), tracestate: header('tracestate') },
      streams,
      introduces,
    };

    if (await isLegacyRequest(request, body)) {
      const json = !onlyStreams && !(streams && asksForProgress(body));
      return serve2025(createServer(origin), request, body, json);
    }
    origins.set(request, origin);
    return (onlyStreams ? modernStream : modern).fetch(request, { parsedBody: body });
  }

  return async received => {
    const method = methodOf(received.body);
    // Tool calls are watched where their outcome is known. So are those of a batch, and the rest of it is not.
    if (typeof method !== 'string' || method === 'tools/call') return answer(received);
    const started = performance.now();
    const response = await answer(received);
    watcher.message(method, response.status, (performance.now() - started) / 1_000);
    return response;
  };
}

const NOBODY: RequestOrigin = {
  caller: undefined,
  selection: NOTHING,
  requestId: 'unknown',
  protocolVersion: undefined,
  trace: {},
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
