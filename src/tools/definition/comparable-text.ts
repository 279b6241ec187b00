import { cleanText } from '../untrusted-text/clean-text.ts';

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
