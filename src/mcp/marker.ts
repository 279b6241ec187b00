import { randomInt } from 'node:crypto';
import { markFences } from '../tools/fence.ts';

/** Six digits: o200k writes three in a token, so that a mark costs four. */
const drawMarker = () => String(randomInt(1_000_000)).padStart(6, '0');

/** Fences the strangers' texts in an answer, written as JSON, with a number that is nowhere in it. */
export function markAnswer(json: string): string {
  let marker = drawMarker();
  while (json.includes(marker)) marker = drawMarker();
  return markFences(json, marker);
}
