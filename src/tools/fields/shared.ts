import * as z from 'zod';
import { isBusinessId } from '../../partoo/api/businesses.ts';
import { ids } from './lists.ts';
import { unquote } from './normalize.ts';
import { integer, numericId } from './numbers.ts';
import { text } from './texts.ts';
import { anyOrder, orderOf } from './words.ts';

/** Arguments that mean the same in several tools. */

/** An id, or a store code with or without Partoo's prefix. A capital `C-` belongs to the code. */
export const businessId = z.preprocess(
  unquote,
  text('Id, or c- and the store code, such as c-PARIS01.')
    .refine(id => !/^c-$/i.test(id), {
      error: 'must be an id of 24 hex characters from search_businesses, or c- and the store code',
    })
    .overwrite(id => (isBusinessId(id) ? id.toLowerCase() : id.startsWith('c-') ? id : `c-${id}`)),
);

/** In a list, Partoo accepts ids only. */
const listedId = text('')
  .refine(isBusinessId, {
    error: 'must be an id of 24 hex characters; search_businesses finds it by name or code',
  })
  .overwrite(id => id.toLowerCase());

export const businessIds = (description: string) => ids(listedId, description);

export const businessIn = businessIds('Business ids').optional();

export const businessNotIn = businessIds('Business ids to leave out').optional();

export const reviewId = numericId('`id` of a row of search_reviews.');
/** Partoo calls a reply a comment. */
export const commentId = numericId('`comments.id` of a row of search_reviews with detail full.');
export const conversationId = numericId('`id` of a row of list_conversations.');
export const postId = numericId('`id` of a row of search_posts.');

export const storeCode = text('Store code.');

/** Common aliases for ISO country codes. */
const COUNTRY_ALIASES: Record<string, string> = { UK: 'GB' };

export const country = text('ISO 3166 alpha-2, such as FR.')
  // Checked before the change of case: ß in capitals is SS, which is South Sudan.
  .refine(code => /^[A-Za-z]{2}$/.test(code), { error: 'must be two letters such as FR' })
  .transform(code => COUNTRY_ALIASES[code.toUpperCase()] ?? code.toUpperCase())
  .optional();

const PAGE = 'From 1.';

export const page = integer(PAGE, { min: 1 }).optional();

export const pageUpTo = (max: number) => integer(PAGE, { min: 1, max }).optional();

export const perPage = (max: number) => integer('Rows.', { min: 1, max }).optional();

export const cursor = text('`next_cursor` of the previous page.')
  .refine(value => value.toLowerCase() !== 'none', {
    error: 'must be a next_cursor; leave the argument out for the first page',
  })
  .optional();

export const orderBy = <const Value extends string>(values: readonly Value[]) =>
  orderOf(values, '`-` is descending.').optional();

export const orderByField = (example: string) => anyOrder(`Sort by a column, such as ${example}.`).optional();

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

/** Partoo's documentation has both spellings. */
export const STATUS_ALIASES = { closed_temporarily: 'temporarily_closed' };

/** Partoo's reads say standard where its writes say news. */
export const POST_TYPE_ALIASES = { standard: 'news' };
