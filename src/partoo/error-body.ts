const MAX_LINES = 20;
const MAX_LINE_LENGTH = 300;

/** Partoo's wrappers around the part a person can use. */
const WRAPPERS = new Set(['error', 'errors', 'json', 'authorization', 'authentication']);

/**
 * Partoo's error bodies as short lines, `field: message` where a field is named. Takes every documented
 * shape and any other: `error` or `errors`, a string, or an object of field → code, message or list.
 */
export function errorLines(body: unknown): string[] {
  const { error, errors } = (body ?? {}) as { error?: unknown; errors?: unknown };
  return flatten(error ?? errors ?? body, '')
    .slice(0, MAX_LINES)
    .map(line => (line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line));
}

function flatten(value: unknown, field: string): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(item => flatten(item, field));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => {
      if (WRAPPERS.has(name)) return flatten(inner, field);
      return flatten(inner, field ? `${field}.${name}` : name);
    });
  }
  // Control characters have no business in a sentence and could hide the rest of it.
  const message = String(value)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (message === '') return [];
  return [field ? `${field}: ${message}` : message];
}
