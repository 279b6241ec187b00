/**
 * Text written by strangers reaches the model between two marks, `<482917>` and `</482917>`, whose number is drawn anew
 * for each answer and is not in that answer's texts, so that no text can end its own fence. (`mcp/marker.ts` draws it.)
 *
 * Until an answer is written, two private-use characters stand for the marks: `cleanText` lets none through.
 */
const OPEN = '\u{F0000}';
const CLOSE = '\u{F0001}';

export const fence = (text: string) => `${OPEN}${text}${CLOSE}`;

/** Puts an answer's own marks where its fences are. */
export const markFences = (text: string, marker: string) =>
  text.replaceAll(OPEN, `<${marker}>`).replaceAll(CLOSE, `</${marker}>`);

/** Digits of a marker: o200k writes three in a token, so that a mark costs four. */
export const MARKER_DIGITS = 6;

/** A mark that a model copied out of an answer into an argument. */
const COPIED_MARK = /<\/?\d{6}>/g;

export const withoutMarks = (text: string) => text.replaceAll(COPIED_MARK, '');
