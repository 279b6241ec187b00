import {
  createMcpHandler,
  isLegacyRequest,
  type McpServer,
  type McpServerFactory,
  ProtocolErrorCode,
  type Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Caller } from '../partoo/call.ts';
import { badBatch } from './batch.ts';
import { streamIfSpoken } from './late-stream.ts';
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

/** Makes the MCP server of one request, of either of the SDK's kinds. */
export type CreateMcpServer = (origin: RequestOrigin) => Server | McpServer;

export type McpEndpoint = (request: McpRequest) => Promise<Response>;

/**
 * Serves 2026-07-28 and every 2025 revision from one definition, each request by itself: no session to lose.
 *
 * A client that accepts only JSON gets JSON, one that accepts only event streams gets a stream. One that accepts
 * both gets a stream when it asked for progress, or when something is sent before the answer, and JSON otherwise, which
 * is cheaper and survives any proxy.
 */
export function createEndpoint(
  createServer: CreateMcpServer,
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
    const refused = Array.isArray(body) ? badBatch(body) : undefined;
    if (refused !== undefined) {
      const error = { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${refused}` };
      return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 400 });
    }
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

    // Opened at once, not when there is progress to tell: only an open stream can be kept from being cut.
    const asStream = onlyStreams || (streams && asksForProgress(body));
    if (await isLegacyRequest(request, body)) {
      const form = onlyStreams ? 'stream' : streams ? formOfEither(body) : 'json';
      return serve2025(createServer(origin), request, body, form);
    }
    origins.set(request, origin);
    return (asStream ? modernStream : modern).fetch(request, { parsedBody: body });
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

type Form = 'json' | 'stream' | 'stream if spoken';

/** For a 2025 client that accepts both. The answers of a batch are one JSON, with no place for anything before them. */
function formOfEither(body: unknown): Form {
  if (asksForProgress(body)) return 'stream';
  return Array.isArray(body) ? 'json' : 'stream if spoken';
}

/**
 * The SDK's stateless idiom for the 2025 revisions, with the answer's form chosen per request. The SDK's own
 * fallback always answers a stream, and refuses clients that accept only one of the two forms.
 */
async function serve2025(
  server: Server | McpServer,
  request: Request,
  body: unknown,
  form: Form,
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
      server.close().finally(() => resolve(new Response(null, { status: 499 })));
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

function asksForProgress(body: unknown): boolean {
  const messages = Array.isArray(body) ? body : [body];
  return messages.some(message => message?.params?._meta?.progressToken !== undefined);
}
