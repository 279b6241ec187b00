import {
  classifyInboundRequest,
  RELATED_TASK_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import type { ProtocolHeaders } from '../protocol/normalize-headers.ts';
import { MODERN } from '../protocol/normalize-message.ts';

type Values = Record<string, unknown>;

/** A `tools/call` or `tools/list` that is right in every way and asks for nothing but its answer as JSON. */
export interface FastPathRequest {
  id: string | number;
  /** Of 2026-07-28: the answer says what it is, and who answers. */
  modern: boolean;
  /** The tool that is called; undefined to list them. */
  name: string | undefined;
  arguments: Values | undefined;
  meta: Values | undefined;
}

/**
 * Reads a request that needs no protocol machinery, which is nearly every one. Undefined for all others: those that ask
 * for progress, other methods, batches, and everything that may have to be refused, which is the SDK's to do.
 *
 * What is read here is answered as the SDK would answer it. So nothing is let through that is not known by name.
 */
export function readEligibleRequest(headers: ProtocolHeaders, body: unknown): FastPathRequest | undefined {
  if (!isObject(body)) return undefined;
  const { method, id, params = {} } = body;
  const named = method === 'tools/call' ? ['name', 'arguments', '_meta'] : ['_meta'];
  if (method !== 'tools/call' && method !== 'tools/list') return undefined;
  if (!onlyHas(body, ['jsonrpc', 'id', 'method', 'params'])) return undefined;
  if (!isObject(params) || !onlyHas(params, named)) return undefined;
  const { name, arguments: args, _meta: meta } = params;
  if (method === 'tools/call' && typeof name !== 'string') return undefined;
  if (args !== undefined && !isObject(args)) return undefined;
  if (meta !== undefined && !isObject(meta)) return undefined;
  if (meta && ('progressToken' in meta || RELATED_TASK_META_KEY in meta)) return undefined;

  const {
    'mcp-protocol-version': version,
    'mcp-method': mcpMethodHeader,
    'mcp-name': mcpNameHeader,
  } = headers;
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    protocolVersionHeader: version,
    mcpMethodHeader,
    mcpNameHeader,
    body,
  });
  const plain = {
    id: id as string | number,
    name: name as string | undefined,
    arguments: args as Values | undefined,
    meta: meta as Values | undefined,
  };
  if (route.kind === 'legacy') {
    // Not a notification: those are answered with nothing.
    if (route.reason !== 'no-claim') return undefined;
    const known = version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(version);
    return known ? { ...plain, modern: false } : undefined;
  }
  if (route.kind !== 'modern' || route.messageKind !== 'request') return undefined;
  // Any later one is the SDK's to refuse.
  if (route.classification.revision !== MODERN) return undefined;
  // What the SDK checks apart from the route.
  const told = version === MODERN && mcpMethodHeader === method && mcpNameHeader === name;
  return told ? { ...plain, modern: true } : undefined;
}

const onlyHas = (value: Values, names: readonly string[]) =>
  Object.keys(value).every(name => names.includes(name));
