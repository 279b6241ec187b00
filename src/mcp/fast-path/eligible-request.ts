import {
  classifyInboundRequest,
  RELATED_TASK_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import type { MirroredHeaders } from '../protocol/mirrored-headers.ts';
import { MODERN } from '../protocol/normalize-message.ts';
import type { CallParams } from '../protocol/request-context.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';

/** A valid `tools/call` or `tools/list` that needs only a JSON response. */
export interface EligibleRequest {
  id: string | number;
  /** Whether its revision is 2026-07-28, whose results name their type and the server. */
  modern: boolean;
  /** Undefined for tools/list. */
  call: CallParams | undefined;
}

/**
 * Reads a request that the fast path can serve, which is nearly every one. Returns undefined for all others: progress,
 * batches, other methods, and whatever the SDK may have to refuse. Only members known by name pass.
 */
export function readEligibleRequest(
  headers: MirroredHeaders,
  body: unknown,
  enabledTools: EnabledTools,
): EligibleRequest | undefined {
  if (!isObject(body)) return undefined;
  const { method, id, params = {} } = body;
  if (method !== 'tools/call' && method !== 'tools/list') return undefined;
  const isCall = method === 'tools/call';
  if (!onlyHas(body, ['jsonrpc', 'id', 'method', 'params'])) return undefined;
  if (!isObject(params) || !onlyHas(params, isCall ? ['name', 'arguments', '_meta'] : ['_meta']))
    return undefined;
  const { name, arguments: args, _meta: meta } = params;
  if (isCall && !enabledTools.tools.some(tool => tool.name === name)) return undefined;
  if (args !== undefined && !isObject(args)) return undefined;
  if (meta !== undefined && !isObject(meta)) return undefined;
  if (meta && ('progressToken' in meta || RELATED_TASK_META_KEY in meta)) return undefined;

  const version = headers['mcp-protocol-version'];
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    protocolVersionHeader: version,
    mcpMethodHeader: headers['mcp-method'],
    mcpNameHeader: headers['mcp-name'],
    body,
  });
  const call = isCall ? (params as unknown as CallParams) : undefined;
  const request = { id: id as string | number, call };
  if (route.kind === 'legacy') {
    // Any other reason is a notification, or no request at all.
    if (route.reason !== 'no-claim') return undefined;
    const known = version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(version);
    return known ? { ...request, modern: false } : undefined;
  }
  if (route.kind !== 'modern' || route.messageKind !== 'request') return undefined;
  if (route.classification.revision !== MODERN) return undefined;
  // The SDK checks the mirrored headers apart from the route.
  const mirrored = version === MODERN && headers['mcp-method'] === method && headers['mcp-name'] === name;
  return mirrored ? { ...request, modern: true } : undefined;
}

const onlyHas = (value: Record<string, unknown>, names: readonly string[]) =>
  Object.keys(value).every(name => names.includes(name));
