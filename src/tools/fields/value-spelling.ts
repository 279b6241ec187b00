import { toNumericId } from '../../core/json.ts';
import { decoded } from './decode.ts';

/**
 * Single values as models spell them. Each function answers the plain value where there is one meaning, and otherwise
 * something that its field refuses.
 */

/** A value without the list of one that it came in. */
export function single(value: unknown): unknown {
  const list = unnested(value);
  return Array.isArray(list) && list.length === 1 ? list[0] : list;
}

/** A list without the lists of one around it. */
export function unnested(value: unknown): unknown {
  let list = value;
  while (Array.isArray(list) && list.length === 1 && Array.isArray(list[0])) list = list[0];
  return list;
}

/** A free text: quotes and brackets may be part of it. */
export function toText(value: unknown): unknown {
  const text = single(value);
  // A larger number has lost digits on its way here.
  if (typeof text === 'number' && Math.abs(text) <= Number.MAX_SAFE_INTEGER) return String(text);
  return typeof text === 'string' ? text.trim() : text;
}

/** A value that is no free text, so that quotes around it say nothing. */
export function bare(value: unknown): unknown {
  const inner = single(decoded(single(value)));
  return typeof inner === 'string' ? unquoted(inner) : inner;
}

export function unquoted(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed[0];
  const isQuoted = trimmed.length > 1 && (quote === "'" || quote === '"') && trimmed.endsWith(quote);
  return isQuoted ? trimmed.slice(1, -1).trim() : trimmed;
}

/** `1,000` and `48,85` have two meanings: a comma is read differently from country to country. */
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

export function toNumber(value: unknown): unknown {
  const number = bare(value);
  return typeof number === 'string' && NUMBER.test(number) ? Number(number) : number;
}

/** The id of something that Partoo numbers, with all its digits. */
export function toId(value: unknown): unknown {
  const id = bare(value);
  return typeof id === 'string' ? (toNumericId(id) ?? id) : id;
}

const FLAGS = new Map<unknown, boolean>([
  ...[true, 1, '1', 'true', 'yes', 'on'].map(word => [word, true] as const),
  ...[false, 0, '0', 'false', 'no', 'off'].map(word => [word, false] as const),
]);

export function toFlag(value: unknown): unknown {
  const flag = bare(value);
  return FLAGS.get(typeof flag === 'string' ? flag.toLowerCase() : flag) ?? flag;
}

/** The words of a set by what their spellings have in common. */
export type Words = ReadonlyMap<string, string>;

/** Of `aliases`, each is another name of the word it leads to. */
export function wordsOf(values: readonly string[], aliases: Record<string, string> = {}): Words {
  const pairs = [...values.map(value => [value, value] as const), ...Object.entries(aliases)];
  return new Map(pairs.map(([name, value]) => [letters(name), value]));
}

export const wordIn = (words: Words, text: string) => words.get(letters(text));

/** `Not Treated`, `NOT_TREATED` and `notTreated` are one word; `-name` and `name` are two. */
const letters = (text: string) =>
  (text.startsWith('-') ? '-' : '') + text.toLowerCase().replaceAll(/[\s_-]/g, '');

export function toWord(words: Words, value: unknown): unknown {
  const word = bare(value);
  return typeof word === 'string' ? (wordIn(words, word) ?? word) : word;
}

const DIRECTIONS = new Map(Object.entries({ asc: '', ascending: '', desc: '-', descending: '-' }));

/** An order as Partoo writes it: `-name` for `name desc`, and nothing for `-name desc`, which may be the reverse of it. */
export function toOrder(value: unknown): unknown {
  const order = bare(value);
  if (typeof order !== 'string') return order;
  const words = order.split(/[\s:]+/);
  const sign = DIRECTIONS.get(words.pop()?.toLowerCase() ?? '');
  if (sign === undefined || words.length === 0) return order;
  return order.startsWith('-') ? '' : sign + words.join(' ');
}
