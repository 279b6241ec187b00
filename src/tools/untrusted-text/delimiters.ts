/**
 * Text written by third parties reaches the model between two delimiters, `<482917>` and `</482917>`, whose nonce is drawn anew
 * for each answer and is nowhere else in it, so that no text can hold its own end. (nonce.ts draws it.)
 *
 * Until an answer is written, two controls for private use (PU1, PU2) stand for the delimiters: `cleanText` lets none through.
 * They are of Latin-1, as most answers are: V8 keeps such a text in half the memory, and is quicker to write it.
 */
const OPEN = '\u0091';
const CLOSE = '\u0092';

export const delimit = (text: string) => `${OPEN}${text}${CLOSE}`;

/** Writes an answer's delimiters with its nonce. */
export const putDelimiters = (text: string, nonce: string) =>
  text.replaceAll(OPEN, `<${nonce}>`).replaceAll(CLOSE, `</${nonce}>`);

const DELIMITER = /<(\/?)(\d{6})>/g;

/** Removes delimiters that a model has copied out of an answer into an argument, where both of a pair are there. */
export function withoutDelimiters(text: string): string {
  // Nearly every text, and there may be a hundred thousand.
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
  // Nothing but delimiters is not nothing: in a write it would clear a field.
  return kept === '' ? text : kept;
}

const SHORTENED = /… \(\+\d+ characters\)/;

/** Why a text must not be written as it is: it is a piece of an answer. */
export function leftOver(text: string): string | undefined {
  const [delimiter] = text.match(DELIMITER) ?? [];
  if (delimiter)
    return `holds ${delimiter}, which looks like one of two delimiters in an answer; leave it out`;
  return SHORTENED.test(text) ? 'is a shortened copy; read the whole text and send that' : undefined;
}

export const isDelimited = (text: string) => text.startsWith(OPEN);

const withoutOwn = (text: string) => text.replaceAll(OPEN, '').replaceAll(CLOSE, '');

/** Several texts between one pair of delimiters. */
export const joinDelimited = (texts: string[], separator: string) =>
  delimit(texts.map(withoutOwn).join(separator));

/** How far back a cut looks for the end of a word. */
const WORD_END = 20;

const MISSING = /^… \(\+(\d+) characters\)$/;

/** A text of about `max` characters; a longer one ends in a note, outside its delimiters, that says how much is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.startsWith(OPEN) ? text.lastIndexOf(CLOSE) : -1;
  const delimited = end >= 0;
  const inner = delimited ? text.slice(OPEN.length, end) : text;
  if (inner.length <= max) return text;
  const space = inner.lastIndexOf(' ', max);
  const cut = inner.slice(0, space > Math.max(0, max - WORD_END) ? space : max);
  const kept = cut.isWellFormed() ? cut : cut.slice(0, -1);
  // It may have been shortened before.
  const [, before = 0] = (delimited && MISSING.exec(text.slice(end + CLOSE.length))) || [];
  const missing = inner.length - kept.length + Number(before);
  return `${delimited ? delimit(kept) : kept}… (+${missing} characters)`;
}
