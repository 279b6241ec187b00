import { decoded, someOf } from './decode.ts';
import { bare, unnested, unquoted, type Words, wordIn } from './value-spelling.ts';

/** Lists as models spell them, in the manner of value-spelling.ts. */

/**
 * The most items that any list may have. A longer list is returned unread and its field refuses it for its length:
 * reading a megabyte of items would take a second.
 */
export const MAX_ITEMS = 1_000;

/** Stands for a list that is too long. */
const TOO_MANY = Array<string>(MAX_ITEMS + 1).fill('too many');

function split(text: string, separator: RegExp): string[] {
  const parts = text.split(separator, MAX_ITEMS + 1);
  return parts.length > MAX_ITEMS ? TOO_MANY : parts;
}

/** Separators, and the brackets and quotes of JSON and Python. A space may be part of a word: `Google My Business`. */
const BETWEEN_WORDS = /[\n\r\t,;|[\]()'"`\\]+/;
const ID = /^[0-9a-f]{24}$|^[+-]?\d+(\.\d+)?$|^gcid:/i;

export const toIds = (value: unknown) =>
  toItems(value, text => eachPart(split(text, BETWEEN_WORDS), part => idsIn(part.trim())));

/** Ids may be separated by spaces; anything else with a space in it is one thing, and no id. */
function idsIn(text: string): string[] {
  const parts = split(text, /\s+/);
  return parts === TOO_MANY || parts.every(part => ID.test(part)) ? parts : [text];
}

export function toWords(words: Words, value: unknown): unknown {
  return toItems(value, text => eachPart(split(text, BETWEEN_WORDS), part => wordsIn(words, part.trim())));
}

function wordsIn(words: Words, text: string): string[] {
  const whole = wordIn(words, text);
  if (whole !== undefined) return [whole];
  const parts = split(text, /\s+/);
  if (parts === TOO_MANY) return parts;
  const found = parts.map(part => wordIn(words, part));
  return found.every(part => part !== undefined) ? found : [text];
}

/** Texts may hold everything but a separator, and in a real list that too. */
export function toTexts(value: unknown): unknown {
  const list = decoded(value);
  if (typeof list !== 'string') return items(list);
  // A list that cannot be decoded: taken at its word, it would search for brackets.
  if (/^\s*\[/.test(list) && list.trimEnd().endsWith(']')) return list;
  return eachPart(split(list, /[,;\n]/), part => [unquoted(part)]);
}

/** A comma may be part of a URL, so only one in front of the next `http` separates. */
export function toUrls(value: unknown): unknown {
  const list = decoded(value);
  const urls = typeof list === 'string' ? split(list, /,(?=\s*['"]?https?:)/i) : items(list);
  return Array.isArray(urls) && urls.length <= MAX_ITEMS ? urls.map(bare) : urls;
}

function toItems(value: unknown, read: (text: string) => string[]): unknown {
  const list = items(value);
  if (!Array.isArray(list)) return list;
  return eachPart(list, item => (typeof item === 'string' ? read(item) : [item]));
}

/** What the parts of a list hold, without what is empty. Stops where a list becomes too long. */
function eachPart<Part, Item>(parts: Part[], read: (part: Part) => Item[]): (Item | string)[] {
  if (parts.length > MAX_ITEMS) return TOO_MANY;
  const found: Item[] = [];
  for (const part of parts) {
    found.push(...read(part).filter(isSaid));
    if (found.length > MAX_ITEMS) return TOO_MANY;
  }
  return found;
}

/** A list; a single text or number is a list of one. */
function items(value: unknown): unknown {
  const list = unnested(value);
  if (Array.isArray(list)) return list.length > MAX_ITEMS ? TOO_MANY : someOf(list).filter(isSaid);
  return typeof list === 'string' || typeof list === 'number' ? [list] : list;
}

const isSaid = (item: unknown) => item !== '';
