import type { Problem } from './define-tool.ts';
import { integer, list, oneOf, text } from './fields.ts';

/** Arguments that mean the same in several tools. */

export const businessIn = list(text(''), 'Only these businesses: ids from search_businesses.').optional();

export const page = integer('Page number, from 1. Go on with `next_page` of the last answer.', {
  min: 1,
  max: 100,
}).optional();

export const perPage = (max: number) => integer('Rows a page.', { min: 1, max }).optional();

export const cursor = text('`next_cursor` of the last answer, to go on from there.').optional();

export const orderBy = <const Value extends string>(values: readonly Value[]) =>
  oneOf(values, 'Sort order; `-` in front for descending.').optional();

export const orderByField = (example: string) =>
  text(`Field to sort by; \`-\` in front for descending, such as ${example}.`).optional();

/** Two dates in the wrong order match nothing, which a model would take for "there is none". */
export function inOrder(args: Record<string, unknown>, from: string, to: string): Problem[] {
  const [start, end] = [args[from], args[to]];
  if (typeof start !== 'string' || typeof end !== 'string' || start <= end) return [];
  return [{ argument: to, message: `${end} is before ${from} (${start})` }];
}
