import { decoded, someOf } from './decode.ts';
import { bare, unnested, unquoted, type Words, wordIn } from './value-spelling.ts';

/** Lists as models spell them, in the manner of value-spelling.ts. */

/** Separators, and the brackets and quotes of JSON and Python. A space may be part of a word: `Google My Business`. */
const BETWEEN_WORDS = /[\n\r\t,;|[\]()'"`\\]+/;
const ID = /^[0-9a-f]{24}$|^[+-]?\d+(\.\d+)?$|^gcid:/i;

export const toIds = (value: unknown) =>
  toItems(value, text => text.split(BETWEEN_WORDS).flatMap(part => idsIn(part.trim())));

/** Ids may be separated by spaces; anything else with a space in it is one thing, and no id. */
function idsIn(text: string): string[] {
  const parts = text.split(/\s+/);
  return parts.every(part => ID.test(part)) ? parts : [text];
}

export function toWords(words: Words, value: unknown): unknown {
  return toItems(value, text => text.split(BETWEEN_WORDS).flatMap(part => wordsIn(words, part.trim())));
}

function wordsIn(words: Words, text: string): string[] {
  const whole = wordIn(words, text);
  if (whole !== undefined) return [whole];
  const parts = text.split(/\s+/).map(part => wordIn(words, part));
  return parts.every(part => part !== undefined) ? parts : [text];
}

/** Texts may hold everything but a separator, and in a real list that too. */
export function toTexts(value: unknown): unknown {
  const list = decoded(value);
  if (typeof list !== 'string') return items(list);
  // A list that cannot be decoded: taken at its word, it would search for brackets.
  if (/^\s*\[/.test(list) && list.trimEnd().endsWith(']')) return list;
  return list
    .split(/[,;\n]/)
    .map(unquoted)
    .filter(isSaid);
}

/** A comma may be part of a URL, so only one in front of the next `http` separates. */
export function toUrls(value: unknown): unknown {
  const list = decoded(value);
  const urls = typeof list === 'string' ? list.split(/,(?=\s*['"]?https?:)/i) : items(list);
  return Array.isArray(urls) ? urls.map(bare) : urls;
}

function toItems(value: unknown, split: (text: string) => string[]): unknown {
  const list = items(value);
  if (!Array.isArray(list)) return list;
  return list.flatMap(item => (typeof item === 'string' ? split(item) : [item])).filter(isSaid);
}

/** A list; a single text or number is a list of one. */
function items(value: unknown): unknown {
  const list = unnested(value);
  if (Array.isArray(list)) return someOf(list).filter(isSaid);
  return typeof list === 'string' || typeof list === 'number' ? [list] : list;
}

const isSaid = (item: unknown) => item !== '';
