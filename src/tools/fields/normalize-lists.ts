import { nonNullItems, parseJsonString } from '../../core/json-values.ts';
import { findWord, unquote, unquoteText, unwrapList, type Words } from './normalize.ts';

/**
 * Normalizes lists, as normalize.ts does single values. Every function stops reading one item past MAX_ITEMS, where the field
 * refuses the list for its length: reading a megabyte of items would take a second.
 */
export const MAX_ITEMS = 1_000;

/** Separators, and the brackets and quotes of JSON and Python. A space may be part of a word: `Google My Business`. */
const BETWEEN_WORDS = /[\n\r\t,;|[\]()'"`\\]+/;
const ID = /^[0-9a-f]{24}$|^[+-]?\d+(\.\d+)?$|^gcid:/i;

export const toIds = (value: unknown) => toItems(value, BETWEEN_WORDS, idsIn);

/** Spaces separate ids. A text with a space that is not a list of ids is one item, and is refused as an id. */
function idsIn(text: string): string[] {
  const parts = text.split(/\s+/);
  return parts.every(part => ID.test(part)) ? parts : [text];
}

export const toWords = (words: Words, value: unknown) =>
  toItems(value, BETWEEN_WORDS, text => {
    const whole = findWord(words, text);
    if (whole !== undefined) return [whole];
    const parts = text.split(/\s+/, MAX_ITEMS + 1).map(part => findWord(words, part));
    return parts.every(word => word !== undefined) ? parts : [text];
  });

/** Texts separated by commas, semicolons or line ends. In a real list each item is one text. */
export function toTexts(value: unknown): unknown {
  const list = parseJsonString(value);
  if (typeof list !== 'string') return toList(list);
  // A list that cannot be parsed: split as it stands, its brackets would be searched for.
  if (/^\s*\[.*\]\s*$/s.test(list)) return list;
  return firstItems(
    list
      .split(/[,;\n]/)
      .values()
      .map(unquoteText),
  );
}

/** URLs. Only a comma before the next `http` separates: other commas may be part of a URL. */
export function toUrls(value: unknown): unknown {
  const list = parseJsonString(value);
  const urls = typeof list === 'string' ? list.split(/,(?=\s*['"]?https?:)/i) : toList(list);
  return Array.isArray(urls) ? firstItems(urls.values().map(unquote)) : urls;
}

function toItems(value: unknown, separator: RegExp, read: (text: string) => string[]): unknown {
  const list = toList(value);
  if (!Array.isArray(list)) return list;
  const parts = list.values().flatMap(item => (typeof item === 'string' ? item.split(separator) : [item]));
  return firstItems(parts.flatMap(part => (typeof part === 'string' ? read(part.trim()) : [part])));
}

/** A list; a single string or number is a list of one. */
function toList(value: unknown): unknown {
  const list = unwrapList(value);
  if (Array.isArray(list)) return firstItems(nonNullItems(list).values());
  return typeof list === 'string' || typeof list === 'number' ? [list] : list;
}

const firstItems = (items: IteratorObject<unknown>) =>
  items
    .filter(item => item !== '')
    .take(MAX_ITEMS + 1)
    .toArray();
