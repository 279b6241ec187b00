/**
 * Characters that a person does not see and a model reads: controls, private-use characters and everything that Unicode calls
 * ignorable, such as tags, zero-width characters, directions and fillers. Tabs and line ends stay.
 */
const INVISIBLE =
  /[[\p{Cc}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\t\n\u200C\u200D\uFE0E\uFE0F]]/gv;

/** Selectors belong to the emoji before them. Anywhere else they can only hide something. */
const IDLE_SELECTOR = /(?<!\p{Emoji})[\uFE0E\uFE0F]/gv;

/** Joiners shape the characters on both sides: 👩‍🍳, and Persian and Indian letters. */
const IDLE_JOINER =
  /(?<![[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]--\p{Script=Latin}])[\u200C\u200D]|[\u200C\u200D](?![[\p{L}\p{M}\p{Extended_Pictographic}]--\p{Script=Latin}])/gv;

/** Most texts consist of these alone, and need no cleaning. */
const PLAIN = /^[\t\n -~\u00A1-\u00AC\u00AE-\u034E\u2010-\u2027\u20AC]*$/;

/** The text as a person sees it. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(IDLE_SELECTOR, '')
    .replace(IDLE_JOINER, '');
}

/**
 * Anything but spaces, combining marks without a letter, and what Unicode hides. The characters named are blank, though in other
 * categories: U+2800 of Braille, U+FFFC for a missing object, a musical symbol and two Egyptian hieroglyphs.
 */
const VISIBLE =
  /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}\u{13441}\u{13442}]/v;

export const isVisible = (text: string) => VISIBLE.test(text);
