import { cleanText } from '../untrusted-text/clean-text.ts';

const VARIATION_SELECTOR = /[\uFE0E\uFE0F]/g;
const LINE_END = /[ \t]*(?:\r\n?|[\n\u0085\u2028\u2029])/g;

/** Visible, although made of characters that are invisible elsewhere: flags such as Scotland's, variants of Chinese characters, icon fonts. */
const VISIBLE = /(\u{1F3F4}[\u{E0020}-\u{E007F}]+|\p{Script=Han}[\u{E0100}-\u{E01EF}]|\p{Co})/u;

const asSeen = (text: string) =>
  text
    .split(VISIBLE)
    .map((part, i) => (i % 2 === 1 ? part : cleanText(part)))
    .join('');

/**
 * The same for texts that readers cannot tell apart: without differences in composed letters, invisible characters, kinds of spaces
 * and line ends. For comparison only; Partoo gets the text as it was written.
 */
export function comparable(text: string): string {
  return asSeen(text.replaceAll(LINE_END, '\n'))
    .normalize('NFC')
    .replaceAll(VARIATION_SELECTOR, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll(LINE_END, '\n')
    .trim();
}

export const isSameText = (one: unknown, other: string) =>
  typeof one === 'string' && comparable(one) === comparable(other);
