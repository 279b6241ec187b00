import * as z from 'zod';
import { defineTool } from '../define-tool.ts';
import { integer, oneOf, text } from '../fields.ts';
import * as out from '../outputs.ts';
import { numberedList, toNumberedList } from '../pages.ts';
import { country, orderBy, pageUpTo, perPage, STATUS_ALIASES } from '../shared-fields.ts';

/** Partoo serves no page after this one. */
const LAST_PAGE = 100;

export const searchBusinesses = defineTool({
  name: 'search_businesses',
  title: 'Search businesses',
  description:
    'Find the business locations this key can see, by name, city, zip code, country, store code or ' +
    'status. Start here: the `id` of a row is what the other tools take as `business_id` or in ' +
    '`business__in`. Rows are short; get_business has everything about one.',
  effect: 'reads',
  input: {
    query: text('Fuzzy search in name, city and zip code.').optional(),
    name: text('Exact name.').optional(),
    city: text('City, whole.').optional(),
    zipcode: text('Zip code.').optional(),
    country,
    status: oneOf(
      ['open', 'closed', 'opening_soon', 'temporarily_closed'],
      'Status; only open ones are found without it.',
      { aliases: STATUS_ALIASES },
    ).optional(),
    code: text("The company's own store code.").optional(),
    org_id: integer('Organization id. For PROVIDER users only.').optional(),
    page: pageUpTo(LAST_PAGE),
    per_page: perPage(100),
    order_by: orderBy(['name', '-name']),
  },
  output: numberedList(
    'businesses',
    z.object({
      id: out.text(),
      code: out.text("The company's own store code"),
      name: out.text(),
      status: out.text(),
      address_full: out.text(),
      zipcode: out.text(),
      city: out.text(),
      country: out.text(),
      org_id: out.number(),
    }),
  ),
  run: async (args, { partoo }) =>
    toNumberedList('businesses', await partoo.businesses.search(args), args.page, LAST_PAGE),
});
