import { integer, list, oneOf, text } from './fields.ts';

/** Arguments that mean the same in several tools. */

const ID = /^[0-9a-f]{24}$/;

export const businessId = text(
  'Id from search_businesses, or `c-` and the store code, such as c-PARIS01.',
).refine(id => ID.test(id) || /^c-./.test(id), {
  error: 'must be an id of 24 hex characters from search_businesses, or c- and the store code',
});

const listedId = text('').refine(id => ID.test(id), {
  error: 'must be an id of 24 hex characters; for a store code, search_businesses has the id',
});

export const businessIds = (description: string) => list(listedId, description);

export const businessIn = businessIds('Only these businesses: ids from search_businesses.').optional();

/** What people write for a country whose code is another. */
const COUNTRY_ALIASES: Record<string, string> = { UK: 'GB' };

export const country = text('Country, ISO 3166 alpha-2, such as FR or GB.')
  .transform(code => COUNTRY_ALIASES[code.toUpperCase()] ?? code.toUpperCase())
  .refine(code => /^[A-Z]{2}$/.test(code), { error: 'must be two letters such as FR' })
  .optional();

const PAGE = 'Page number, from 1. Go on with `next_page` of the last answer.';

export const page = integer(PAGE, { min: 1 }).optional();

export const pageUpTo = (max: number) => integer(PAGE, { min: 1, max }).optional();

export const perPage = (max: number) => integer('Rows a page.', { min: 1, max }).optional();

export const cursor = text('`next_cursor` of the last answer, to go on from there.').optional();

export const orderBy = <const Value extends string>(values: readonly Value[]) =>
  oneOf(values, 'Sort order; `-` in front for descending.').optional();

export const orderByField = (example: string) =>
  text(`Field to sort by; \`-\` in front for descending, such as ${example}.`).optional();
