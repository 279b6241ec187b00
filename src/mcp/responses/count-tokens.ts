import { lazy } from '../../core/memo.ts';
import { putDelimiters } from '../../tools/untrusted-text/delimiters.ts';

/**
 * The tokenizer's time grows with the square of a stretch without spaces. Texts are counted in pieces, which costs little: a text
 * seems a few tokens longer than it is.
 */
const PIECE_LENGTH = 200;

/** Takes 70 MB, and most responses are too short to be counted. */
const encoding = lazy(() => import('gpt-tokenizer/encoding/o200k_base'));

/** Tokens to reserve for the note that says what was left out. */
export const NOTE_TOKENS = 250;

/** Returns the tokens in o200k of a part of a response, rounded up a little. Stops counting above `most`. */
export async function countTokens(value: unknown, most = Number.POSITIVE_INFINITY): Promise<number> {
  const o200k = await encoding();
  // Delimiters cost the same whatever their nonce is.
  const text = putDelimiters(JSON.stringify(value), '000000');
  let tokens = 0;
  for (let start = 0; start < text.length && tokens <= most; start += PIECE_LENGTH) {
    // Customers may write <|endoftext|>.
    tokens += o200k.countTokens(text.slice(start, start + PIECE_LENGTH), { disallowedSpecial: new Set() });
  }
  return tokens;
}
