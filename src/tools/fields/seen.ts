/**
 * What a person sees: neither a space, nor a mark without its letter, nor what Unicode hides. The characters named are blank and
 * in other categories: U+2800 of Braille, U+FFFC for an object that is missing, a musical symbol and two Egyptian hieroglyphs.
 */
const SEEN =
  /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}\u{13441}\u{13442}]/v;

/** Whether a person would see anything. */
export const isSeen = (value: string) => SEEN.test(value);
export const EMPTY = { error: 'must not be empty', abort: true };
