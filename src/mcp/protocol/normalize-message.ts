import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import { decoded } from '../../tools/fields/decode.ts';

/** The revision without a handshake, as it goes on the wire. */
export const MODERN = '2026-07-28';

type Values = Record<string, unknown>;

/**
 * A JSON-RPC message as it was meant, where it can be meant in one way only: `"arguments": "{}"`, `"params": null`,
 * `"jsonrpc"` left out. Everything else stays as it is, to be refused. The same object where nothing is to be changed, which
 * is nearly always. `version` is the revision that the header names.
 */
export function normalizeMessage(message: unknown, version: string | undefined): unknown {
  if (!isObject(message) || typeof message.method !== 'string' || 'result' in message || 'error' in message)
    return message;
  const { method, params } = message;
  const changes: Values = {};
  if (SAME_AS_2_0.has(message.jsonrpc)) changes.jsonrpc = '2.0';
  // Some clients serialize the missing id of a notification as null.
  if (message.id === null && method.startsWith('notifications/')) changes.id = undefined;
  // What a message has besides says nothing: this server knows no such member.
  for (const name of Object.keys(message)) if (!MEMBERS.has(name)) changes[name] = undefined;
  const inner = isNothing(params) ? undefined : params;
  changes.params = isObject(inner) ? normalizeParams(method, inner, version) : inner;
  return changed(message, changes);
}

/** Whether a message is an `initialize` of a 2025 revision: 2026-07-28 knows none, and names itself in `_meta`. */
export function isHandshake(message: unknown): boolean {
  if (!isObject(message) || message.method !== 'initialize') return false;
  const meta = isObject(message.params) ? message.params._meta : undefined;
  const named = isObject(meta) ? meta[PROTOCOL_VERSION_META_KEY] : undefined;
  // As the SDK tells the two apart: by the alphabet.
  return typeof named !== 'string' || named < MODERN;
}

const SAME_AS_2_0 = new Set<unknown>([undefined, null, 2, '2']);
const MEMBERS = new Set(['jsonrpc', 'id', 'method', 'params']);

function normalizeParams(method: string, params: Values, version: string | undefined): Values {
  const changes: Values = {};
  // null is how several languages serialize what is not there.
  for (const [name, value] of Object.entries(params)) if (value === null) changes[name] = undefined;
  changes._meta = normalizeMeta(params._meta, version);
  switch (method) {
    case 'tools/call':
      changes.arguments = normalizeArguments(params.arguments);
      break;
    case 'tools/list':
      if (params.cursor === '') changes.cursor = undefined;
      break;
    case 'initialize':
      // Nothing is kept of what a client can do: without sessions each request stands alone.
      changes.capabilities = {};
      changes.clientInfo = normalizeClientInfo(params.clientInfo);
      break;
  }
  return changed(params, changes);
}

/** Also where a program wrote them as JSON in a text, or in a list around them. */
function normalizeArguments(given: unknown): unknown {
  if (isObject(given)) return given;
  const value = typeof given === 'string' && given.trim() === 'null' ? null : decoded(given);
  if (isNothing(value)) return undefined;
  return Array.isArray(value) && value.length === 1 && isObject(value[0]) ? value[0] : value;
}

function normalizeMeta(meta: unknown, version: string | undefined): unknown {
  if (isNothing(meta)) return undefined;
  if (!isObject(meta)) return meta;
  const changes: Values = {};
  if (meta.progressToken === null) changes.progressToken = undefined;
  // A 2025 client that names its revision in the body as well, where only 2026-07-28 looks for it.
  const named = meta[PROTOCOL_VERSION_META_KEY] as string;
  if (SUPPORTED_PROTOCOL_VERSIONS.includes(named) && (version === undefined || version === named)) {
    for (const key of ENVELOPE) changes[key] = undefined;
  }
  return changed(meta, changes);
}

const ENVELOPE = [PROTOCOL_VERSION_META_KEY, CLIENT_INFO_META_KEY, CLIENT_CAPABILITIES_META_KEY];

function normalizeClientInfo(info: unknown): Values {
  const { name, version } = isObject(info) ? info : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : 'unknown');
  return { name: text(name), version: text(version) };
}

/** What clients write for parameters that are not there. */
const isNothing = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The value with some members changed, and those that became undefined left out. */
function changed(value: Values, changes: Values): Values {
  if (Object.entries(changes).every(([name, change]) => change === value[name])) return value;
  return Object.fromEntries(
    Object.entries({ ...value, ...changes }).filter(([, inner]) => inner !== undefined),
  );
}
