/**
 * Texts that need no delimiters. Each rule leaves too little room for an instruction: few words, no sentence, nothing that
 * looks like a delimiter. Texts have been cleaned before (clean-text.ts).
 */

/** A run of letters, or the part of one between two capitals as in `camelCase`. */
const WORD = /\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Lo}+/gu;
/** A longer run counts as several words, which may be written without spaces. */
const WORD_LENGTH = 12;

/** Words of two letters or more. */
export function wordCount(text: string): number {
  let count = 0;
  // Not matchAll, which copies its pattern: this runs for nearly every text of a response.
  for (const word of text.match(WORD) ?? [])
    if (word.length > 1) count += Math.ceil(word.length / WORD_LENGTH);
  return count;
}

/** "Ignore all previous instructions" has four. */
export const FEW_WORDS = 3;
const hasFewWords = (text: string) => text.length < 2 * (FEW_WORDS + 1) || wordCount(text) <= FEW_WORDS;

/** Numbers, times, hexadecimal ids, phone numbers, and lists of them. */
const NUMBERS = /^[0-9a-f+,.:()/ -]{1,96}$/;
/** A phone number, a time, an opening slot. */
const DIGITS = /^\+?[\d(). /:-]{1,30}$/;

export const isNumbers = (text: string) => NUMBERS.test(text);
export const isDigits = (text: string) => DIGITS.test(text);

const SHORT = /^[\w\p{Script=Latin}.,:/+#'%&-]{1,24}$/u;
const EMAIL = /^([\w.+-]{1,40})@([\w.-]{1,40})$/;

/** One word, number, id, date, e-mail address or short URL. */
export function isShortValue(text: string): boolean {
  if (isNumbers(text)) return true;
  if (SHORT.test(text)) return hasFewWords(text);
  const [, name, host] = EMAIL.exec(text) ?? [];
  if (name !== undefined && host !== undefined) return hasFewWords(name) && hasFewWords(labelsOf(host));
  return isPlainUrl(text, FEW_WORDS);
}

const URL_FORM =
  /^https?:\/\/([\w.\p{Script=Latin}-]{1,100}(?::\d{1,5})?)(\/[\w.~:/@%+,=!\p{Script=Latin}-]*)?$/u;
const URL_LENGTH = 200;
/** More than the longest URL of a shop's page has. */
const URL_WORDS = 12;

/** A well-formed URL without user, query and fragment that does not read as a sentence. */
export function isPlainUrl(text: string, maxWords = URL_WORDS): boolean {
  const [, host, path = ''] = text.length <= URL_LENGTH ? (URL_FORM.exec(text) ?? []) : [];
  if (host === undefined || !URL.canParse(text)) return false;
  return wordCount(labelsOf(host)) <= maxWords && wordCount(path) <= maxWords;
}

/** A host without `www.` and its top-level domain. */
const labelsOf = (host: string) => host.replace(/^www\./, '').replace(/\.[^.]*$/, '');

const TOKEN = /^[\w.:/+=~%@,-]{1,512}$/;
const CATEGORY = /^gcid:\w{1,60}$/;
/** Letters grouped as in words. Random letters, as in base64, seldom are. */
const WRITTEN = /(?<![\p{L}\d])(?:\p{Lu}?\p{Ll}+|\p{Lu}{2,})(?![\p{L}\d])|\p{Lu}?\p{Ll}{3,}|\p{Lu}{4,}/gu;

/** An id, code, status, time or cursor of Partoo's: one token that does not read as a sentence. */
export function isPartooValue(text: string): boolean {
  if (isNumbers(text) || CATEGORY.test(text)) return true;
  return TOKEN.test(text) && (hasFewWords(text) || !readsAsWords(text));
}

/** Up to half of random letters may look like words, seldom more. */
const MOSTLY = 0.7;

function readsAsWords(token: string): boolean {
  let written = 0;
  for (const [word] of token.matchAll(WRITTEN)) written += word.length;
  return written > MOSTLY * token.replace(/[^\p{L}]/gu, '').length;
}

/** More than a name or address line has: Google accepts 125 and 80 characters. */
const LINE_LENGTH = 150;
const LINE_END = /[\t\n\v\f\r\u0085\u2028\u2029]/;
/** A delimiter, markup, a model's special token, or the note of a shortened text. */
const LOOKS_LIKE_MARKUP = /<[/|!?a-z]|<\d+>|… \(\+\d/i;

/** One short line. It may say anything, but it cannot open or close a delimited text. */
export const isShortLine = (text: string) =>
  text.length <= LINE_LENGTH && !LINE_END.test(text) && !LOOKS_LIKE_MARKUP.test(text);

/** A field name in Partoo's style. */
const NAME = /^[\w.-]{1,24}$/;

export const isShortName = (name: string) => NAME.test(name) && hasFewWords(name);
