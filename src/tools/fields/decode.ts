import { parseJson } from '../../core/json.ts';

/** Values inside values: JSON in a text, nulls and texts in objects. */

/** Deeper than anything a tool takes. What lies deeper stays as it is, and its field refuses it for its shape. */
export const DEEPEST = 20;

/** What a text of JSON, or a list or object as Python prints it, stands for; anything else as it is. */
export function decoded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{"]/.test(value)) return value;
  // Only without double quotes and escapes is it certain that each single quote begins or ends a text.
  const json = /["\\]/.test(value) ? value : value.replaceAll("'", '"');
  try {
    return decoded(parseJson(json));
  } catch {
    return value;
  }
}

/**
 * null is how models say "none", inside objects too. One of nothing but nulls stays as it is, and is refused: it could
 * mean "leave it" as well as "clear it".
 */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return someOf(value).map(item => withoutNulls(item, depth + 1));
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  if (kept.length === 0) return value;
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner, depth + 1)]));
}

/** The items that are something, or all where none is. */
export function someOf(items: unknown[]): unknown[] {
  const some = items.filter(item => item !== null);
  return some.length === 0 ? items : some;
}

/** The value with each text in it changed; the names in it stay. */
export function mapTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => mapTexts(item, change, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change, depth + 1)]),
  );
}
