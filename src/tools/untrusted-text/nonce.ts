import { randomInt } from 'node:crypto';
import { putDelimiters } from './delimiters.ts';

/** Six digits: o200k writes three in a token, so that a delimiter costs four. */
const DIGITS = 6;
/** After so many draws that are all in the text it must be full of numbers: a longer one is needed. */
const DRAWS = 100;

const drawDigits = (digits: number) => String(randomInt(10 ** digits)).padStart(digits, '0');

/** Delimits the third parties' texts in an answer, written as JSON, with a number that is nowhere in it. */
export function withNonce(json: string, draw = drawDigits): string {
  let nonce = draw(DIGITS);
  for (let draws = 1; json.includes(nonce); draws++) nonce = draw(DIGITS + Math.floor(draws / DRAWS));
  return putDelimiters(json, nonce);
}
