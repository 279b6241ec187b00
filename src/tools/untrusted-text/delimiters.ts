import { randomInt } from 'node:crypto';

/**
 * Third parties' text reaches the model between two delimiters, `<482917>` and `</482917>`. Their nonce is drawn for each response
 * and occurs nowhere else in it, so that no text can contain its own closing delimiter.
 *
 * Until a response is written, two control characters for private use (PU1, PU2) stand for the delimiters: `cleanText` removes
 * them from all input. They are Latin-1, as most responses are: V8 keeps such text in half the memory.
 */
const OPEN = '\u0091';
const CLOSE = '\u0092';

export const delimit = (text: string) => `${OPEN}${text}${CLOSE}`;

export const putDelimiters = (text: string, nonce: string) =>
  text.replaceAll(OPEN, `<${nonce}>`).replaceAll(CLOSE, `</${nonce}>`);

/** The tokenizer o200k writes three digits in a token: a delimiter of six costs four tokens. */
const DIGITS = 6;
/** So many draws that all occur in the text mean that it is full of numbers, and that a longer one is needed. */
const DRAWS = 100;

const drawDigits = (digits: number) => String(randomInt(10 ** digits)).padStart(digits, '0');

/** Writes the delimiters of a JSON response with a nonce that occurs nowhere in it. */
export function withNonce(json: string, draw = drawDigits): string {
  let nonce = draw(DIGITS);
  for (let draws = 1; json.includes(nonce); draws++) nonce = draw(DIGITS + Math.floor(draws / DRAWS));
  return putDelimiters(json, nonce);
}

const DELIMITER = /<(\/?)(\d{6})>/g;

/** Removes pairs of delimiters that a model has copied from a response into an argument. */
export function withoutDelimiters(text: string): string {
  // Nearly every text ends here; a call may have a hundred thousand.
  if (!text.includes('</')) return text;
  const opened = new Map<string, number>();
  const pairs: [start: number, end: number][] = [];
  for (const { index, 0: delimiter, 1: slash, 2: nonce = '' } of text.matchAll(DELIMITER)) {
    const start = opened.get(nonce);
    if (slash === '') opened.set(nonce, index);
    else if (start !== undefined) {
      pairs.push([start, start + delimiter.length - 1], [index, index + delimiter.length]);
      opened.delete(nonce);
    }
  }
  if (pairs.length === 0) return text;
  let kept = '';
  let from = 0;
  for (const [start, end] of pairs.toSorted(([one], [other]) => one - other)) {
    kept += text.slice(from, start);
    from = end;
  }
  kept += text.slice(from);
  // An empty text would clear a field.
  return kept === '' ? text : kept;
}

const SHORTENED = /… \(\+\d+ characters\)/;

/** Why a text must not be sent to Partoo: it contains parts of a response. */
export function copiedPart(text: string): string | undefined {
  const [delimiter] = text.match(DELIMITER) ?? [];
  if (delimiter) return `has ${delimiter}, which looks like a delimiter copied from a result; leave it out`;
  return SHORTENED.test(text) ? 'is a shortened copy; read the full text and send that' : undefined;
}

export const isDelimited = (text: string) => text.startsWith(OPEN);

const withoutOwn = (text: string) => text.replaceAll(OPEN, '').replaceAll(CLOSE, '');

/** Joins texts within one pair of delimiters. */
export const joinDelimited = (texts: string[], separator: string) =>
  delimit(texts.map(withoutOwn).join(separator));

/** How many characters a cut may go back to the end of a word. */
const WORD_END = 20;

const MISSING = /^… \(\+(\d+) characters\)$/;

/** Cuts a text to about `max` characters and appends, outside its delimiters, how many are missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.startsWith(OPEN) ? text.lastIndexOf(CLOSE) : -1;
  const delimited = end >= 0;
  const inner = delimited ? text.slice(OPEN.length, end) : text;
  if (inner.length <= max) return text;
  const space = inner.lastIndexOf(' ', max);
  const cut = inner.slice(0, space > Math.max(0, max - WORD_END) ? space : max);
  const kept = cut.isWellFormed() ? cut : cut.slice(0, -1);
  // The text may have been shortened before.
  const [, before = 0] = (delimited && MISSING.exec(text.slice(end + CLOSE.length))) || [];
  const missing = inner.length - kept.length + Number(before);
  return `${delimited ? delimit(kept) : kept}… (+${missing} characters)`;
}
