import { toNumericId } from '../../core/json.ts';
import { parseJsonString } from '../../core/json-values.ts';

/**
 * Normalizes single values. Models write `"20"` for 20, `['a']` for a, `Not Treated` for not_treated. Each function returns the
 * plain value where there is one meaning, and otherwise a value that its field refuses.
 */

/** The item of a list of one; any other value unchanged. */
export function unwrapItem(value: unknown): unknown {
  const list = unwrapList(value);
  return Array.isArray(list) && list.length === 1 ? list[0] : list;
}

/** `[[a, b]]` → `[a, b]` */
export function unwrapList(value: unknown): unknown {
  let list = value;
  while (Array.isArray(list) && list.length === 1 && Array.isArray(list[0])) list = list[0];
  return list;
}

/** Free text: quotes and brackets may be part of it. */
export function toText(value: unknown): unknown {
  const text = unwrapItem(value);
  // A larger number has lost digits on its way here.
  if (typeof text === 'number' && Math.abs(text) <= Number.MAX_SAFE_INTEGER) return String(text);
  return typeof text === 'string' ? text.trim() : text;
}

/** Any value but free text: quotes around it mean nothing. */
export function unquote(value: unknown): unknown {
  const inner = unwrapItem(parseJsonString(unwrapItem(value)));
  return typeof inner === 'string' ? unquoteText(inner) : inner;
}

export const unquoteText = (text: string): string =>
  text.trim().replace(/^(["'])(.*)\1$/s, (_, __, inner: string) => inner.trim());

/** `1,000` and `48,85` are ambiguous: the meaning of a comma depends on the country. */
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

export function toNumber(value: unknown): unknown {
  const number = unquote(value);
  return typeof number === 'string' && NUMBER.test(number) ? Number(number) : number;
}

/** A numeric id with all its digits. */
export function toId(value: unknown): unknown {
  const id = unquote(value);
  return typeof id === 'string' ? (toNumericId(id) ?? id) : id;
}

const FLAGS = new Map<unknown, boolean>([
  ...[true, 1, '1', 'true', 'yes', 'on'].map(word => [word, true] as const),
  ...[false, 0, '0', 'false', 'no', 'off'].map(word => [word, false] as const),
]);

export function toFlag(value: unknown): unknown {
  const flag = unquote(value);
  return FLAGS.get(typeof flag === 'string' ? flag.toLowerCase() : flag) ?? flag;
}

/** The values of an enum by their letters. */
export type Words = ReadonlyMap<string, string>;

/** Each key of `aliases` is another name of the value it maps to. */
export function wordsOf(values: readonly string[], aliases: Record<string, string> = {}): Words {
  const pairs = [...values.map(value => [value, value] as const), ...Object.entries(aliases)];
  return new Map(pairs.map(([name, value]) => [lettersOf(name), value]));
}

export const findWord = (words: Words, text: string) => words.get(lettersOf(text));

/** `Not Treated`, `NOT_TREATED` and `notTreated` are one word; `-name` and `name` are two. */
const lettersOf = (text: string) =>
  (text.startsWith('-') ? '-' : '') + text.toLowerCase().replaceAll(/[\s_-]/g, '');

export function toWord(words: Words, value: unknown): unknown {
  const word = unquote(value);
  return typeof word === 'string' ? (findWord(words, word) ?? word) : word;
}

/** `name desc` → `-name`, as Partoo writes it. `-name desc` could mean either direction and becomes nothing. */
export function toOrder(value: unknown): unknown {
  const order = unquote(value);
  if (typeof order !== 'string') return order;
  const words = order.split(/[\s:]+/);
  const [, direction] = /^(asc|desc)(?:ending)?$/i.exec(words.pop() ?? '') ?? [];
  if (direction === undefined || words.length === 0) return order;
  if (order.startsWith('-')) return '';
  return (direction.toLowerCase() === 'desc' ? '-' : '') + words.join(' ');
}
