/**
 * Text written by third parties reaches the model between two delimiters, `<482917>` and `</482917>`, whose number is drawn anew
 * for each answer and is nowhere else in it, so that no text can end its own fence. (`mcp/marker.ts` draws it.)
 *
 * Until an answer is written, two controls for private use (PU1, PU2) stand for the marks: `cleanText` lets none through.
 * They are of Latin-1, as most answers are: V8 keeps such a text in half the memory, and is quicker to write it.
 */
const OPEN = '\u0091';
const CLOSE = '\u0092';

export const fence = (text: string) => `${OPEN}${text}${CLOSE}`;

/** Puts an answer's own marks where its fences are. */
export const markFences = (text: string, marker: string) =>
  text.replaceAll(OPEN, `<${marker}>`).replaceAll(CLOSE, `</${marker}>`);

const MARK = /<(\/?)(\d{6})>/g;

/** Takes off the marks that a model has copied out of an answer into an argument, where both of a fence are there. */
export function withoutMarks(text: string): string {
  const opened = new Map<string, number>();
  const pairs: [start: number, end: number][] = [];
  for (const { index, 0: mark, 1: slash, 2: number = '' } of text.matchAll(MARK)) {
    const start = opened.get(number);
    if (slash === '') opened.set(number, index);
    else if (start !== undefined) {
      pairs.push([start, start + mark.length - 1], [index, index + mark.length]);
      opened.delete(number);
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
  // Nothing but marks is not nothing: in a write it would clear a field.
  return kept === '' ? text : kept;
}

const SHORTENED = /… \(\+\d+ characters\)/;

/** Why a text must not be written as it is: it is a piece of an answer. */
export function leftOver(text: string): string | undefined {
  const [mark] = text.match(MARK) ?? [];
  if (mark) return `holds ${mark}, which looks like half of a fence in an answer; leave it out`;
  return SHORTENED.test(text) ? 'is a shortened copy; read the whole text and send that' : undefined;
}

export const isFenced = (text: string) => text.startsWith(OPEN);

const withoutFences = (text: string) => text.replaceAll(OPEN, '').replaceAll(CLOSE, '');

/** Several texts in one fence. */
export const joinInFence = (texts: string[], separator: string) =>
  fence(texts.map(withoutFences).join(separator));

/** How far back a cut looks for the end of a word. */
const WORD_END = 20;

const MISSING = /^… \(\+(\d+) characters\)$/;

/** A text of about `max` characters; a longer one ends in a mark, outside its fence, that says how much is missing. */
export function shorten(text: string, max: number): string {
  const end = text.startsWith(OPEN) ? text.lastIndexOf(CLOSE) : -1;
  const fenced = end >= 0;
  const inner = fenced ? text.slice(OPEN.length, end) : text;
  if (inner.length <= max) return text;
  const space = inner.lastIndexOf(' ', max);
  const cut = inner.slice(0, space > Math.max(0, max - WORD_END) ? space : max);
  const kept = cut.isWellFormed() ? cut : cut.slice(0, -1);
  // It may have been shortened before.
  const [, before = 0] = (fenced && MISSING.exec(text.slice(end + CLOSE.length))) || [];
  const missing = inner.length - kept.length + Number(before);
  return `${fenced ? fence(kept) : kept}… (+${missing} characters)`;
}
