/**
 * Text written by strangers reaches the model between two marks, `<482917>` and `</482917>`, whose number is drawn anew
 * for each answer and is nowhere else in it, so that no text can end its own fence. (`mcp/marker.ts` draws it.)
 *
 * Until an answer is written, two private-use characters stand for the marks: `cleanText` lets none through.
 */
const OPEN = '\u{F0000}';
const CLOSE = '\u{F0001}';

export const fence = (text: string) => `${OPEN}${text}${CLOSE}`;

/** Puts an answer's own marks where its fences are. */
export const markFences = (text: string, marker: string) =>
  text.replaceAll(OPEN, `<${marker}>`).replaceAll(CLOSE, `</${marker}>`);

/** A mark that a model copied out of an answer into an argument. */
const COPIED_MARK = /<\/?\d{6}>/g;

export const withoutMarks = (text: string) => text.replaceAll(COPIED_MARK, '');

/** One word, number, time, address or URL in plain letters: too short to tell anybody what to do. */
const BARE = /^(?:[\w\p{Script=Latin}.,:/@+#'%&-]{1,32}|[0-9a-f,:-]{1,96}|https?:\/\/[!-~]{1,2000})$/u;

/** A text that should be an id, a code or the like; whatever is more than that is fenced. */
export const fenceUnlessBare = (text: string) => (BARE.test(text) ? text : fence(text));

/** As Partoo names fields; business_impressions_desktop_search is the longest. */
const NAME = /^[\w.-]{1,40}$/;

/** The name of a field may be a stranger's as well, where Partoo lets people make their own. */
export const fenceName = (name: string) => (NAME.test(name) ? name : fence(name));

/** Every text in a value whose shape nobody has documented. */
export function fenceDeep(value: unknown): unknown {
  if (typeof value === 'string') return fenceUnlessBare(value);
  if (Array.isArray(value)) return value.map(fenceDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fenceDeep(inner)]));
}

const withoutFences = (text: string) => text.replaceAll(OPEN, '').replaceAll(CLOSE, '');

/** Several texts in one fence. */
export const joinInFence = (texts: string[], separator: string) =>
  fence(texts.map(withoutFences).join(separator));

/** How far back a cut looks for the end of a word. */
const WORD_END = 20;

/** A text of about `max` characters; a longer one ends in a mark, outside its fence, that says how much is missing. */
export function shorten(text: string, max: number): string {
  const fenced = text.startsWith(OPEN) && text.endsWith(CLOSE);
  const inner = fenced ? text.slice(OPEN.length, -CLOSE.length) : text;
  if (inner.length <= max) return text;
  const space = inner.lastIndexOf(' ', max);
  const cut = inner.slice(0, space > max - WORD_END ? space : max);
  const kept = cut.isWellFormed() ? cut : cut.slice(0, -1);
  return `${fenced ? fence(kept) : kept}… (+${inner.length - kept.length} characters)`;
}
