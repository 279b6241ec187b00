import { randomInt } from 'node:crypto';
import { markFences } from '../tools/fence.ts';

/** Six digits: o200k writes three in a token, so that a mark costs four. */
const DIGITS = 6;
/** After so many draws that are all in the text it must be full of numbers: a longer one is needed. */
const DRAWS = 100;

const drawNumber = (digits: number) => String(randomInt(10 ** digits)).padStart(digits, '0');

/** Delimits the third parties' texts in an answer, written as JSON, with a number that is nowhere in it. */
export function markAnswer(json: string, draw = drawNumber): string {
  let marker = draw(DIGITS);
  for (let draws = 1; json.includes(marker); draws++) marker = draw(DIGITS + Math.floor(draws / DRAWS));
  return markFences(json, marker);
}
