import {
  classifyInboundRequest,
  PROTOCOL_VERSION_META_KEY,
  ProtocolErrorCode,
  specTypeSchemas,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import { cleanText } from '../../tools/untrusted-text/clean-text.ts';

export interface MessageProblem {
  /** A JSON-RPC error code. */
  code: number;
  message: string;
}

const SCHEMAS = new Map<string, (typeof specTypeSchemas)[keyof typeof specTypeSchemas]>([
  ['tools/call', specTypeSchemas.CallToolRequest],
  ['tools/list', specTypeSchemas.ListToolsRequest],
  ['initialize', specTypeSchemas.InitializeRequest],
]);

const EXAMPLES = new Map([
  ['tools/call', '{"name": "search_businesses", "arguments": {"city": "Lyon"}}'],
  [
    'initialize',
    '{"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "…", "version": "…"}}',
  ],
]);

/** The first problem of a JSON-RPC message or batch, for the caller. A batch is served whole or not at all. */
export function bodyProblem(body: unknown): MessageProblem | undefined {
  if (!Array.isArray(body)) return messageProblem(body);
  const rule = brokenBatchRule(body);
  if (rule !== undefined) {
    return { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${rule}` };
  }
  for (const [index, message] of body.entries()) {
    const problem = messageProblem(message);
    if (problem) return { ...problem, message: `${problem.message} (message ${index + 1} of the batch)` };
  }
  return undefined;
}

/**
 * Two requests with one id would share one response. A batch of a hundred tools/list would get a response 600 times its
 * size, so each method except tools/call may occur once.
 */
function brokenBatchRule(messages: unknown[]): string | undefined {
  const requests = messages
    .filter(isObject)
    .filter(({ id, method }) => id !== undefined && method !== undefined);
  const ids = new Set(requests.map(({ id }) => JSON.stringify(id)));
  if (ids.size < requests.length) return 'each request of a batch needs an id of its own';
  const others = requests.flatMap(({ method }) => (method === 'tools/call' ? [] : [method]));
  if (new Set(others).size < others.length)
    return 'of methods other than tools/call a batch may hold one each';
  return undefined;
}

/**
 * The first problem in the form of a JSON-RPC message, as one sentence for the caller; undefined for a valid one. The SDK
 * would refuse it as well, with its validator's raw output.
 */
function messageProblem(message: unknown): MessageProblem | undefined {
  const malformed = shapeProblem(message);
  if (malformed !== undefined)
    return { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${malformed}` };
  const { method, params } = message as { method?: string; params?: unknown };
  if (method === undefined) return undefined;
  const problem = paramsProblem(method, params) ?? schemaProblem(method, message);
  if (problem === undefined) return undefined;
  const example = EXAMPLES.get(method);
  const hint = example === undefined ? '' : `; params look like ${example}`;
  return {
    code: ProtocolErrorCode.InvalidParams,
    message: `Invalid params of ${cleanText(method).slice(0, 100)}: ${problem}${hint}`,
  };
}

function shapeProblem(message: unknown): string | undefined {
  if (!isObject(message))
    return 'a message must be a JSON object such as {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}';
  const { jsonrpc, id, method } = message;
  if (jsonrpc !== '2.0') return '"jsonrpc" must be "2.0"';
  // A response to a request of the server, which sends none.
  if ('result' in message || 'error' in message) return undefined;
  if (typeof method !== 'string') return '"method" must be a string such as "tools/call"';
  const validId = id === undefined || typeof id === 'string' || Number.isSafeInteger(id);
  return validId ? undefined : '"id" must be a string or an integer below 2^53';
}

function paramsProblem(method: string, params: unknown): string | undefined {
  if (params !== undefined && !isObject(params)) return 'params must be an object';
  const { _meta: meta = {}, name, arguments: args = {} } = params ?? {};
  if (!isObject(meta)) return '_meta must be an object';
  const { progressToken } = meta;
  const validToken =
    progressToken === undefined || typeof progressToken === 'string' || Number.isSafeInteger(progressToken);
  if (!validToken) return '_meta.progressToken must be a string or an integer';
  if (method !== 'tools/call') return undefined;
  if (name === undefined) return 'name is missing: the name of the tool to call';
  if (typeof name !== 'string') return 'name must be a string: the name of the tool to call';
  return isObject(args) ? undefined : 'arguments must be an object';
}

/** Checks the rare members that paramsProblem does not know, against the SDK's schema. */
function schemaProblem(method: string, message: unknown): string | undefined {
  // 2026-07-28 has no initialize: the SDK says so.
  if (method === 'initialize' && isModern(message)) return undefined;
  const checked = SCHEMAS.get(method)?.['~standard'].validate(message);
  if (!checked || checked instanceof Promise || !checked.issues) return undefined;
  const [issue] = checked.issues;
  const path = issue?.path
    ?.slice(1)
    .map(step => (typeof step === 'object' ? step.key : step))
    .join('.');
  return `${path || 'params'}: ${issue?.message.replace(/^Invalid input: /, '')}`;
}

/** Whether the SDK takes an initialize for one of 2026-07-28: its envelope is complete, not only the revision. */
function isModern(message: unknown): boolean {
  const { params } = message as { params?: { _meta?: Record<string, unknown> } };
  const protocolVersionHeader = String(params?._meta?.[PROTOCOL_VERSION_META_KEY]);
  const request = { httpMethod: 'POST', protocolVersionHeader, mcpMethodHeader: 'initialize', body: message };
  return classifyInboundRequest(request).kind === 'modern';
}
