import * as z from 'zod';
import { anyOrder, ids, integer, orderOf, text } from './index.ts';
import { bare } from './value-spelling.ts';

/** Arguments that mean the same in several tools. */

const ID = /^[0-9a-f]{24}$/i;

const CODE_PREFIX = /^c-/i;

/**
 * What is no id can only be a store code, with its `c-` or without. In capitals `C-` stays as it is: it may be Partoo's prefix
 * or belong to the code (businesses/which-business.ts).
 */
export const businessId = z.preprocess(
  bare,
  text('Id, or c- and the store code, such as c-PARIS01.')
    .refine(id => id.replace(CODE_PREFIX, '') !== '', {
      error: 'must be an id of 24 hex characters from search_businesses, or c- and the store code',
    })
    .overwrite(id => (ID.test(id) ? id.toLowerCase() : CODE_PREFIX.test(id) ? id : `c-${id}`)),
);

/** Partoo takes a store code only where it takes one business. */
const listedId = text('')
  .refine(id => ID.test(id), {
    error: 'must be an id of 24 hex characters; search_businesses finds it by name or code',
  })
  .overwrite(id => id.toLowerCase());

export const businessIds = (description: string) => ids(listedId, description);

export const businessIn = businessIds('Business ids').optional();

export const storeCode = text('Store code.');

/** What people write for a country whose code is another. */
const COUNTRY_ALIASES: Record<string, string> = { UK: 'GB' };

export const country = text('ISO 3166 alpha-2, such as FR.')
  // Before its case is changed: the capitals of ß are SS, which is South Sudan.
  .refine(code => /^[A-Za-z]{2}$/.test(code), { error: 'must be two letters such as FR' })
  .transform(code => COUNTRY_ALIASES[code.toUpperCase()] ?? code.toUpperCase())
  .optional();

const PAGE = 'From 1.';

export const page = integer(PAGE, { min: 1 }).optional();

export const pageUpTo = (max: number) => integer(PAGE, { min: 1, max }).optional();

export const perPage = (max: number) => integer('Rows.', { min: 1, max }).optional();

export const cursor = text('`next_cursor` of the last answer.')
  .refine(value => value.toLowerCase() !== 'none', { error: 'leave the argument out to begin' })
  .optional();

export const orderBy = <const Value extends string>(values: readonly Value[]) =>
  orderOf(values, '`-` is descending.').optional();

export const orderByField = (example: string) => anyOrder(`Sort by a column, such as ${example}.`).optional();

/** What people call the platforms. */
export const PLATFORM_ALIASES = {
  google: 'google_my_business',
  gmb: 'google_my_business',
  gbp: 'google_my_business',
  google_business: 'google_my_business',
  google_business_profile: 'google_my_business',
  fb: 'facebook',
  ig: 'instagram',
  insta: 'instagram',
};

/** One page of Partoo's documentation spells it so. */
export const STATUS_ALIASES = { closed_temporarily: 'temporarily_closed' };

/** What Partoo calls news elsewhere. */
export const POST_TYPE_ALIASES = { standard: 'news' };
