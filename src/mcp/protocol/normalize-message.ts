import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { isObject } from '../../core/is-object.ts';
import { parseJsonString } from '../../tools/fields/json-values.ts';

/** The protocol revision without a handshake: each request carries its envelope in `_meta`. */
export const MODERN = '2026-07-28';

type Values = Record<string, unknown>;

export const normalizeBody = (body: unknown, version: string | undefined) =>
  Array.isArray(body)
    ? body.map(message => normalizeMessage(message, version))
    : normalizeMessage(body, version);

/**
 * Normalizes a JSON-RPC message where it can mean only one thing: `"arguments": "{}"`, `"params": null`, a missing
 * `"jsonrpc"`. Everything else stays, to be refused. Returns the same object if nothing changes, which is nearly always.
 * `version` is the revision that the header names.
 */
function normalizeMessage(message: unknown, version: string | undefined): unknown {
  if (!isObject(message) || typeof message.method !== 'string' || 'result' in message || 'error' in message)
    return message;
  const { method, params } = message;
  const changes: Values = {};
  if (SAME_AS_2_0.has(message.jsonrpc)) changes.jsonrpc = '2.0';
  // Some clients serialize the missing id of a notification as null.
  if (message.id === null && method.startsWith('notifications/')) changes.id = undefined;
  for (const name of Object.keys(message)) if (!MEMBERS.has(name)) changes[name] = undefined;
  const given = isEmpty(params) ? undefined : params;
  changes.params = isObject(given) ? normalizeParams(method, given, version) : given;
  return withChanges(message, changes);
}

/** Whether a message is the `initialize` of a 2025 revision. 2026-07-28 has none, and names itself in `_meta`. */
export function isHandshake(message: unknown): boolean {
  if (!isObject(message) || message.method !== 'initialize') return false;
  const meta = isObject(message.params) ? message.params._meta : undefined;
  const revision = isObject(meta) ? meta[PROTOCOL_VERSION_META_KEY] : undefined;
  // The SDK, too, compares revisions as strings.
  return typeof revision !== 'string' || revision < MODERN;
}

const SAME_AS_2_0 = new Set<unknown>([undefined, null, 2, '2']);
const MEMBERS = new Set(['jsonrpc', 'id', 'method', 'params']);

function normalizeParams(method: string, params: Values, version: string | undefined): Values {
  const changes: Values = {};
  // Several languages serialize a missing value as null.
  for (const [name, value] of Object.entries(params)) if (value === null) changes[name] = undefined;
  changes._meta = normalizeMeta(params._meta, version);
  if (method === 'tools/call') changes.arguments = normalizeArguments(params.arguments);
  if (method === 'tools/list' && params.cursor === '') changes.cursor = undefined;
  if (method === 'initialize') {
    // Never read: without sessions, no later request could use them.
    changes.capabilities = {};
    changes.clientInfo = { name: 'unknown', version: 'unknown' };
  }
  return withChanges(params, changes);
}

/** Accepts arguments as JSON in a string, and as the only item of a list. */
function normalizeArguments(given: unknown): unknown {
  if (isObject(given)) return given;
  const value = typeof given === 'string' && given.trim() === 'null' ? null : parseJsonString(given);
  if (isEmpty(value)) return undefined;
  return Array.isArray(value) && value.length === 1 && isObject(value[0]) ? value[0] : value;
}

function normalizeMeta(meta: unknown, version: string | undefined): unknown {
  if (isEmpty(meta)) return undefined;
  if (!isObject(meta)) return meta;
  const changes: Values = {};
  if (meta.progressToken === null) changes.progressToken = undefined;
  // Some 2025 clients name their revision in the body too, where only 2026-07-28 expects one.
  const revision = meta[PROTOCOL_VERSION_META_KEY] as string;
  if (SUPPORTED_PROTOCOL_VERSIONS.includes(revision) && (version === undefined || version === revision)) {
    for (const key of ENVELOPE) changes[key] = undefined;
  }
  return withChanges(meta, changes);
}

const ENVELOPE = [PROTOCOL_VERSION_META_KEY, CLIENT_INFO_META_KEY, CLIENT_CAPABILITIES_META_KEY];

/** Whether a value is one that clients send for missing parameters. */
const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Drops the members that a change sets to undefined. */
function withChanges(value: Values, changes: Values): Values {
  if (Object.entries(changes).every(([name, change]) => change === value[name])) return value;
  return Object.fromEntries(
    Object.entries({ ...value, ...changes }).filter(([, inner]) => inner !== undefined),
  );
}
