import {
  classifyInboundRequest,
  PROTOCOL_VERSION_META_KEY,
  ProtocolErrorCode,
  specTypeSchemas,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import { cleanText } from '../../tools/untrusted-text/clean-text.ts';

export interface MessageProblem {
  code: number;
  /** One sentence that says what is wrong and what is taken. */
  message: string;
}

/** The SDK's schemas of the requests that this server serves. */
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

/**
 * Why a JSON-RPC message cannot be served, in a sentence; undefined if nothing is wrong with its form. The SDK would refuse
 * it as well, with a dump of its validator.
 */
export function problemOf(message: unknown): MessageProblem | undefined {
  const malformed = shapeProblem(message);
  if (malformed !== undefined)
    return { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${malformed}` };
  const { method, params } = message as { method?: string; params?: unknown };
  if (method === undefined) return undefined;
  const wrong = paramsProblem(method, params) ?? schemaProblem(method, message);
  if (wrong === undefined) return undefined;
  const example = EXAMPLES.get(method);
  const such = example === undefined ? '' : `; params look like ${example}`;
  return {
    code: ProtocolErrorCode.InvalidParams,
    message: `Invalid params of ${cleanText(method).slice(0, 100)}: ${wrong}${such}`,
  };
}

function shapeProblem(message: unknown): string | undefined {
  if (!isObject(message))
    return 'a message must be a JSON object such as {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}';
  const { jsonrpc, id, method } = message;
  if (jsonrpc !== '2.0') return '"jsonrpc" must be "2.0"';
  // The answer to a question of ours; this server asks none.
  if ('result' in message || 'error' in message) return undefined;
  if (typeof method !== 'string') return '"method" must be a text such as "tools/call"';
  const named = id === undefined || typeof id === 'string' || Number.isSafeInteger(id);
  return named ? undefined : '"id" must be a text or a whole number below 2^53';
}

function paramsProblem(method: string, params: unknown): string | undefined {
  if (params !== undefined && !isObject(params)) return 'params must be an object';
  const { _meta: meta = {}, name, arguments: args = {} } = params ?? {};
  if (!isObject(meta)) return '_meta must be an object';
  const { progressToken } = meta;
  const token =
    progressToken === undefined || typeof progressToken === 'string' || Number.isSafeInteger(progressToken);
  if (!token) return '_meta.progressToken must be a text or a whole number';
  if (method !== 'tools/call') return undefined;
  if (name === undefined) return 'name is missing: the name of the tool to call';
  if (typeof name !== 'string') return 'name must be a text: the name of the tool to call';
  return isObject(args) ? undefined : 'arguments must be an object';
}

/** What is left: rare members that no model or person writes. */
function schemaProblem(method: string, message: unknown): string | undefined {
  // 2026-07-28 does not have the method, which is the SDK's to say.
  if (method === 'initialize' && isOf2026(message)) return undefined;
  const checked = SCHEMAS.get(method)?.['~standard'].validate(message);
  if (!checked || checked instanceof Promise || !checked.issues) return undefined;
  const [issue] = checked.issues;
  const path = issue?.path
    ?.slice(1)
    .map(step => (typeof step === 'object' ? step.key : step))
    .join('.');
  return `${path || 'params'}: ${issue?.message.replace(/^Invalid input: /, '')}`;
}

/** Whether the SDK takes a message for one of 2026-07-28: its `_meta` is whole, not only names the revision. */
function isOf2026(message: unknown): boolean {
  const { method, params } = message as { method: string; params?: { _meta?: Record<string, unknown> } };
  const named = params?._meta?.[PROTOCOL_VERSION_META_KEY];
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    protocolVersionHeader: typeof named === 'string' ? named : undefined,
    mcpMethodHeader: method,
    body: message,
  });
  return route.kind === 'modern';
}
