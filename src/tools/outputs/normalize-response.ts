import { isObject } from '../../core/is-object.ts';
import { memo } from '../../core/memo.ts';
import { cleanText } from '../untrusted-text/clean-text.ts';
import { delimitName } from '../untrusted-text/delimit-fields.ts';
import { delimit } from '../untrusted-text/delimiters.ts';

/** Fields in which `[]` has a meaning: a day without opening slots is closed. */
const EMPTY_MATTERS = new Set(['open_hours', 'specific_hours']);

/** Deeper than any response of Partoo's. */
const MAX_DEPTH = 30;

/** Cleans every text and drops null, undefined, '', [] and {}. Zero and false stay. */
export function normalizeResponse(value: unknown, dropEmpty = true, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map(item => normalizeResponse(item, dropEmpty, depth + 1));
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    // Assigning it would set the prototype.
    if (name === '__proto__') continue;
    const inner = normalizeResponse(value[name], dropEmpty && !EMPTY_MATTERS.has(name), depth + 1);
    if (!dropEmpty || !isEmpty(inner)) kept[normalizeName(name)] = inner;
  }
  return kept;
}

/** A name that needs cleaning is not Partoo's, even if it looks so once cleaned. */
const normalizeName = memo(name => {
  const clean = cleanText(name);
  return clean === name ? delimitName(name) : delimit(clean);
});

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
