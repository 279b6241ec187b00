import type { IncomingHttpHeaders } from 'node:http';
import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Caller } from '../../core/caller.ts';
import type { Instrumentation } from '../calls/instrumentation.ts';
import { readEligibleRequest } from '../fast-path/eligible-request.ts';
import type { FastPath } from '../fast-path/fast-path.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import { badBatch } from './batch.ts';
import { type MessageProblem, problemOf } from './message-problem.ts';
import { MIRRORS, type ProtocolHeaders, readProtocolHeaders } from './normalize-headers.ts';
import { isHandshake, normalizeMessage } from './normalize-message.ts';
import { type Judged, withAdvice } from './protocol-advice.ts';
import { type CreateMcpServer, createSdkAdapter } from './sdk-adapter.ts';

export interface McpRequest {
  headers: IncomingHttpHeaders;
  /** The body, parsed. */
  body: unknown;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  /** The same request, with this signal, as the SDK takes it. */
  toWebRequest(): Promise<Request>;
  caller: Caller | undefined;
  enabledTools: EnabledTools;
  requestId: string;
}

/** What the SDK answers, or a JSON to be sent with 200. */
export type McpAnswer = Response | string;

type Answered = Omit<Judged, 'answer'> & { answer: McpAnswer };

export type McpEndpoint = (request: McpRequest) => Promise<McpAnswer>;

export interface EndpointOptions {
  createServer: CreateMcpServer;
  /** Answers requests that need nothing of the SDK; without it the SDK answers all. */
  fastPath: FastPath | undefined;
  instrumentation: Instrumentation;
  onerror(error: Error): void;
}

/** Answers MCP messages: plain ones at once, all others through the SDK. */
export function createEndpoint({
  createServer,
  fastPath,
  instrumentation,
  onerror,
}: EndpointOptions): McpEndpoint {
  const sdkAdapter = createSdkAdapter(createServer, onerror);

  async function answer(received: McpRequest, call: { made: boolean }): Promise<Answered> {
    const { caller, enabledTools, requestId, signal } = received;
    const read = readProtocolHeaders(received.headers);
    if ('refused' in read) return refusal({ code: HEADER_MISMATCH, message: read.refused }, requestId);
    const { headers } = read;
    const body = normalizeBody(received.body, headers['mcp-protocol-version']);
    // The handshake negotiates the revision in its body. Its header is of later revisions, and this one may not be known.
    if (isHandshake(body)) delete headers['mcp-protocol-version'];

    const accepted = formsOf(received.headers.accept);
    const origin = {
      caller,
      enabledTools,
      requestId,
      protocolVersion: headers['mcp-protocol-version'],
      trace: { traceparent: only(received.headers.traceparent) },
      streams: accepted.streams,
      introduces: INTRODUCTIONS.has(methodOf(body)),
      onCall: () => {
        call.made = true;
      },
    };
    const plain = fastPath && accepted.json ? readEligibleRequest(headers, body) : undefined;
    const answered = plain && fastPath?.(plain, origin, signal);
    if (answered) return { answer: await answered };
    const problem = Array.isArray(body) ? batchProblem(body) : problemOf(body);
    if (problem) return refusal(problem, requestId, body, !accepted.json);
    const request = withHeaders(await received.toWebRequest(), headers);
    const response = await sdkAdapter({ request, body, origin, onlyStreams: !accepted.json });
    // The outcome of a call is in its answer already.
    return call.made && response.ok ? { answer: response } : withAdvice(response, requestId);
  }

  return async received => {
    const method = methodOf(received.body);
    const started = performance.now();
    const call = { made: false };
    const { answer: answered, error } = await answer(received, call);
    // Tool calls are watched where their outcome is known; those that are refused before are messages like all others. Of a
    // batch the calls are watched, and the rest is not.
    if (!call.made && typeof method === 'string') {
      instrumentation.message(method, error, (performance.now() - started) / 1_000);
    }
    return answered;
  };
}

/** Where a client first meets this server, in either era. */
const INTRODUCTIONS = new Set<unknown>(['initialize', 'server/discover']);

const methodOf = (body: unknown) => (body as { method?: unknown } | null)?.method;

const only = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** The forms of an answer that a client takes. One that does not say takes JSON. */
function formsOf(accept = '*/*'): { json: boolean; streams: boolean } {
  const streams = /text\/event-stream/i.test(accept);
  return { streams, json: !streams || /application\/(json|\*)|\*\/\*/i.test(accept) };
}

const normalizeBody = (body: unknown, version: string | undefined) =>
  Array.isArray(body)
    ? body.map(message => normalizeMessage(message, version))
    : normalizeMessage(body, version);

function withHeaders(request: Request, headers: ProtocolHeaders): Request {
  for (const name of MIRRORS) {
    const value = headers[name];
    if (value === undefined) request.headers.delete(name);
    else request.headers.set(name, value);
  }
  return request;
}

/** The first problem of a batch: none of it is carried out. */
function batchProblem(messages: unknown[]): MessageProblem | undefined {
  const refused = badBatch(messages);
  if (refused !== undefined) {
    return { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${refused}` };
  }
  for (const [index, message] of messages.entries()) {
    const problem = problemOf(message);
    if (problem) return { ...problem, message: `${problem.message} (message ${index + 1} of the batch)` };
  }
  return undefined;
}

/** The code of 2026-07-28 for a header that does not say what the body says. */
const HEADER_MISMATCH = -32020;

/** As the SDK refuses: wrong params are the answer to a request, all else is no request. */
function refusal(
  { code, message }: MessageProblem,
  requestId: string,
  body?: unknown,
  asStream = false,
): Judged {
  const { id } = (Array.isArray(body) ? {} : (body ?? {})) as { id?: unknown };
  const named = typeof id === 'string' || typeof id === 'number';
  const data = { request_id: requestId };
  const told = { jsonrpc: '2.0', error: { code, message, data }, id: named ? id : null };
  if (code !== ProtocolErrorCode.InvalidParams || !named)
    return { answer: Response.json(told, { status: 400 }), error: 400 };
  if (!asStream) return { answer: Response.json(told), error: code };
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' };
  return {
    answer: new Response(`event: message\ndata: ${JSON.stringify(told)}\n\n`, { headers }),
    error: code,
  };
}
