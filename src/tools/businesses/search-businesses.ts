import { orUndefined } from '../../core/or-undefined.ts';
import { type BusinessQuery, EVERY_STATUS } from '../../partoo/api/businesses.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import { defineTool } from '../definition/define-tool.ts';
import { listOf, numericId, text } from '../fields/index.ts';
import { country, orderBy, pageUpTo, perPage, STATUS_ALIASES, storeCode } from '../fields/shared.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';
import { BUSINESS_COLUMNS, business, SUMMARY_COLUMNS } from './shape/business-columns.ts';

/** The last page that Partoo serves. */
const LAST_PAGE = 100;

export const searchBusinesses = defineTool({
  name: 'search_businesses',
  title: 'Search businesses',
  description:
    'Find the business locations that this key can see. Start here: other tools take the `id` of a row as ' +
    '`business_id` or in `business__in`. get_business returns everything about one.',
  effect: 'reads',
  returnsIds:
    'business ids ("id"), which other tools take as business_id or, comma-separated, as business__in',
  input: {
    query: text('Fuzzy search in name, city and zip code.').optional(),
    name: text('Exact name.').optional(),
    city: text('Exact city.').optional(),
    zipcode: text('Zip code.').optional(),
    country,
    status: listOf(EVERY_STATUS, 'Default: open. One or several', { aliases: STATUS_ALIASES }).optional(),
    code: storeCode.optional(),
    org_id: numericId('PROVIDER users only.').optional(),
    page: pageUpTo(LAST_PAGE),
    per_page: perPage(100),
    order_by: orderBy(['name', '-name']),
  },
  output: numberedList('businesses', business),
  view: {
    rows: 'businesses',
    lastPage: LAST_PAGE,
    columns: BUSINESS_COLUMNS,
    summary: { columns: SUMMARY_COLUMNS },
  },
  async run(args, { partoo }) {
    const search = (query: typeof args) => partoo.businesses.search(query);
    let asked = args;
    let found = await search(asked);
    // Where an id could stand, Partoo writes a code as c-{code}, and a code may begin with c- itself.
    if (found.rows.length === 0 && args.code && /^c-./i.test(args.code)) {
      asked = { ...args, code: args.code.slice('c-'.length) };
      found = await search(asked);
    }
    const list = toNumberedList('businesses', found, args, LAST_PAGE);
    const note =
      args.status === undefined && !list.has_more ? await notSearched(partoo, asked, list) : undefined;
    return note === undefined ? list : { ...list, note };
  },
});

const [, ...NOT_OPEN] = EVERY_STATUS;

/** Says at the end of a list how many businesses the default status left out, if Partoo tells. */
async function notSearched(
  { businesses }: Partoo,
  { page, per_page, order_by, ...filters }: BusinessQuery,
  { count: open }: { count?: number | undefined },
): Promise<string | undefined> {
  const search = businesses.search({ ...filters, status: NOT_OPEN, page: 1, per_page: 1 });
  const count = (await orUndefined(search))?.count;
  if (count === undefined && open === 0)
    return 'Only open businesses were searched. For others, give status.';
  if (!count) return undefined;
  return `Only open businesses: ${count} more are ${NOT_OPEN.join(', ')}. To include them, give status.`;
}
