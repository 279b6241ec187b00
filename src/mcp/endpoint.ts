import type { IncomingHttpHeaders } from 'node:http';
import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Caller } from '../partoo/call.ts';
import { badBatch } from './batch.ts';
import type { AnswerPlain } from './plain-answer.ts';
import { readPlain } from './plain-request.ts';
import { type CreateMcpServer, createAnswerBySdk } from './sdk-answer.ts';
import type { Selection } from './selection.ts';
import type { Watcher } from './watch.ts';

export interface McpRequest {
  headers: IncomingHttpHeaders;
  /** The body, parsed. */
  body: unknown;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  /** The same request, with this signal, as the SDK takes it. */
  toWebRequest(): Promise<Request>;
  caller: Caller | undefined;
  selection: Selection;
  requestId: string;
}

/** What the SDK answers, or a JSON to be sent with 200. */
export type McpAnswer = Response | string;

export type McpEndpoint = (request: McpRequest) => Promise<McpAnswer>;

export interface EndpointOptions {
  createServer: CreateMcpServer;
  /** Answers requests that need nothing of the SDK; without it the SDK answers all. */
  answerPlain: AnswerPlain | undefined;
  watcher: Watcher;
  onerror(error: Error): void;
}

/** Answers MCP messages: plain ones at once, all others through the SDK. */
export function createEndpoint({
  createServer,
  answerPlain,
  watcher,
  onerror,
}: EndpointOptions): McpEndpoint {
  const answerBySdk = createAnswerBySdk(createServer, onerror);

  async function answer(received: McpRequest, onCall: () => void): Promise<McpAnswer> {
    const { headers, body, caller, selection, requestId, signal } = received;
    const refused = Array.isArray(body) ? badBatch(body) : undefined;
    if (refused !== undefined) return invalid(refused);

    const accepted = formsOf(headers.accept);
    const origin = {
      caller,
      selection,
      requestId,
      protocolVersion: only(headers['mcp-protocol-version']),
      trace: { traceparent: only(headers.traceparent) },
      streams: accepted.streams,
      introduces: INTRODUCTIONS.has(methodOf(body)),
      onCall,
    };
    const plain = answerPlain && accepted.json ? readPlain(headers, body) : undefined;
    const answered = plain && answerPlain?.(plain, origin, signal);
    if (answered) return answered;
    const request = await received.toWebRequest();
    return answerBySdk({ request, body, origin, onlyStreams: !accepted.json });
  }

  return async received => {
    const method = methodOf(received.body);
    const started = performance.now();
    // Tool calls are watched where their outcome is known; those that are refused before are messages like all others.
    let called = false;
    const answered = await answer(received, () => {
      called = true;
    });
    // Of a batch the calls are watched, and the rest is not.
    if (!called && typeof method === 'string') {
      watcher.message(method, await errorOf(answered), (performance.now() - started) / 1_000);
    }
    return answered;
  };
}

/** The HTTP status of a refusal, or the code of a JSON-RPC error: the 2025 revisions send that with 200. */
async function errorOf(answer: McpAnswer): Promise<number | undefined> {
  if (!(answer instanceof Response)) return undefined;
  if (answer.status >= 400) return answer.status;
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return undefined;
  const { error } = (await answer.clone().json()) as { error?: { code: number } };
  return error?.code;
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

function invalid(why: string): Response {
  const error = { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${why}` };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 400 });
}
