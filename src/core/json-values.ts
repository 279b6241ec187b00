import { parseJson } from './json.ts';

/** Deeper than any argument. Fields refuse deeper values by their shape. */
export const MAX_DEPTH = 20;

/** Parses a string that holds a JSON string, list or object, or a Python list or dict; returns any other value unchanged. */
export function parseJsonString(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{"]/.test(value)) return value;
  // Single quotes delimit strings for certain only where there are no double quotes and no escapes.
  const json = /["\\]/.test(value) ? value : value.replaceAll("'", '"');
  try {
    return parseJsonString(parseJson(json));
  } catch {
    return value;
  }
}

/**
 * Removes nulls from lists and objects: models write null for "none". An object or list of nothing but nulls is kept, and
 * then refused, because it could mean "leave it" or "clear it".
 */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return nonNullItems(value).map(item => withoutNulls(item, depth + 1));
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  if (kept.length === 0) return value;
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner, depth + 1)]));
}

/** The items other than null, or all items if every one is null. */
export function nonNullItems(items: unknown[]): unknown[] {
  const kept = items.filter(item => item !== null);
  return kept.length === 0 ? items : kept;
}

/** Changes every string inside a value; names stay. */
export function mapStrings(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => mapStrings(item, change, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapStrings(inner, change, depth + 1)]),
  );
}
