import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import { parseJsonString } from '../../core/json-values.ts';

/** The protocol revision without a handshake: each request carries its envelope in `_meta`. */
export const MODERN = '2026-07-28';

type Values = Record<string, unknown>;

export const normalizeBody = (body: unknown, version: string | undefined) =>
  Array.isArray(body)
    ? body.map(message => normalizeMessage(message, version))
    : normalizeMessage(body, version);

/**
 * Normalizes a JSON-RPC message where it can mean only one thing: `"arguments": "{}"`, `"params": null`, a missing
 * `"jsonrpc"`. Everything else stays, to be refused. `version` is the revision that the header names.
 */
function normalizeMessage(message: unknown, version: string | undefined): unknown {
  if (!isObject(message) || typeof message.method !== 'string' || 'result' in message || 'error' in message)
    return message;
  const { jsonrpc, id, method, params } = message;
  return withoutUndefined({
    jsonrpc: SAME_AS_2_0.has(jsonrpc) ? '2.0' : jsonrpc,
    // Some clients serialize the missing id of a notification as null.
    id: id === null && method.startsWith('notifications/') ? undefined : id,
    method,
    params: isObject(params) ? normalizeParams(method, params, version) : unlessEmpty(params),
  });
}

/** Whether a method's response introduces the server: identity and instructions. */
export const isIntroduction = (method: unknown) => method === 'initialize' || method === 'server/discover';

/** Whether a message is the `initialize` of a 2025 revision. 2026-07-28 has none, and names itself in `_meta`. */
export function isHandshake(message: unknown): boolean {
  if (!isObject(message) || message.method !== 'initialize') return false;
  const meta = isObject(message.params) ? message.params._meta : undefined;
  const revision = isObject(meta) ? meta[PROTOCOL_VERSION_META_KEY] : undefined;
  // The SDK, too, compares revisions as strings.
  return typeof revision !== 'string' || revision < MODERN;
}

const SAME_AS_2_0 = new Set<unknown>([undefined, null, 2, '2']);

function normalizeParams(method: string, params: Values, version: string | undefined): Values {
  const { _meta, arguments: args, ...others } = params;
  // Several languages serialize a missing value as null.
  for (const [name, value] of Object.entries(others)) if (value === null) others[name] = undefined;
  if (method === 'tools/list' && others.cursor === '') others.cursor = undefined;
  if (method === 'initialize') {
    // Never read: without sessions, no later request could use them.
    others.capabilities = {};
    others.clientInfo = { name: 'unknown', version: 'unknown' };
  }
  return withoutUndefined({
    ...others,
    arguments: method === 'tools/call' ? normalizeArguments(args) : (args ?? undefined),
    _meta: isObject(_meta) ? normalizeMeta(_meta, version) : unlessEmpty(_meta),
  });
}

/** Accepts arguments as JSON in a string, and as the only item of a list. */
function normalizeArguments(args: unknown): unknown {
  if (isObject(args)) return args;
  const value = typeof args === 'string' && args.trim() === 'null' ? null : parseJsonString(args);
  return Array.isArray(value) && value.length === 1 && isObject(value[0]) ? value[0] : unlessEmpty(value);
}

function normalizeMeta(meta: Values, version: string | undefined): Values {
  const { progressToken, ...others } = meta;
  // Some 2025 clients name their revision in the body too, where only 2026-07-28 expects one.
  const revision = meta[PROTOCOL_VERSION_META_KEY] as string;
  if (SUPPORTED_PROTOCOL_VERSIONS.includes(revision) && (version === undefined || version === revision)) {
    for (const key of ENVELOPE) others[key] = undefined;
  }
  return withoutUndefined({ ...others, progressToken: progressToken ?? undefined });
}

const ENVELOPE = [PROTOCOL_VERSION_META_KEY, CLIENT_INFO_META_KEY, CLIENT_CAPABILITIES_META_KEY];

/** Replaces a value that clients send for missing parameters by undefined. */
const unlessEmpty = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;

const withoutUndefined = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
