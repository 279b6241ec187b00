import { putDelimiters } from '../../tools/untrusted-text/delimiters.ts';

/**
 * Counting takes time that grows with the square of a stretch without spaces; cut into pieces, a text seems to cost a
 * little more tokens than it does, and never minutes.
 */
const PIECE = 200;

/** How many tokens a text costs in o200k, rounded up a little; above `most` it is not counted any further. */
async function countTokens(text: string, most: number): Promise<number> {
  // Loaded when it is first needed: it takes 70 MB, and most answers are too short to be counted.
  const o200k = await import('gpt-tokenizer/encoding/o200k_base');
  let tokens = 0;
  for (let start = 0; start < text.length && tokens <= most; start += PIECE) {
    // None is disallowed: a customer may write <|endoftext|>.
    tokens += o200k.countTokens(text.slice(start, start + PIECE), { disallowedSpecial: new Set() });
  }
  return tokens;
}

/** What it costs at most to say what was left out of an answer. */
export const NOTE_TOKENS = 250;

/** Tokens of a part of an answer. Its delimiters are in it: they cost the same whatever their nonce is. */
export const answerTokens = (value: unknown, most = Number.POSITIVE_INFINITY) =>
  countTokens(putDelimiters(JSON.stringify(value), '000000'), most);
