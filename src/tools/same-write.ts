import { createHash } from 'node:crypto';
import type { PartooRequest } from '../partoo/requests/request.ts';
import { cleanText } from './untrusted-text/clean-text.ts';

/** When two writes, or two texts, are the same for people who read them. For comparison only: what is sent is as it was written. */

const SELECTOR = /[\uFE0E\uFE0F]/g;
const LINE_END = /[ \t]*(?:\r\n?|[\n\u0085\u2028\u2029])/g;

/** Seen, though of characters that nobody sees elsewhere: flags such as Scotland's, forms of a Chinese character, icons of a font. */
const SEEN = /(\u{1F3F4}[\u{E0020}-\u{E007F}]+|\p{Script=Han}[\u{E0100}-\u{E01EF}]|\p{Co})/u;

const asSeen = (text: string) =>
  text
    .split(SEEN)
    .map((part, i) => (i % 2 === 1 ? part : cleanText(part)))
    .join('');

/** A text without what nobody sees: how its characters are composed, invisible ones, kinds of spaces, line ends, spaces before them. */
export function comparable(text: string): string {
  return asSeen(text.replaceAll(LINE_END, '\n'))
    .normalize('NFC')
    .replaceAll(SELECTOR, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll(LINE_END, '\n')
    .trim();
}

export const isSameText = (one: unknown, other: string) =>
  typeof one === 'string' && comparable(one) === comparable(other);

/** The same for requests that ask the same of Partoo, however they are spelled: a hash, since a request holds a customer's text. */
export function fingerprint({ method, path, body, canonicalBody = body }: PartooRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, canonical(canonicalBody)]))
    .digest('hex');
}

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return comparable(value);
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, canonical(inner)]),
  );
}
