import { defineTool } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';
import { filterDate, flag, listOf } from '../fields/index.ts';
import { businessIn, orderByField, page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

export const getProfileKeywords = defineTool({
  name: 'get_profile_keywords',
  title: 'Get Google profile keywords',
  description:
    'Words that people searched on Google before they saw a profile, by month. Request count and threshold ' +
    'together: instead of a small count Google gives a `threshold` above it; over months a word can have both. ' +
    'The keyword dimension takes one business at a time.',
  effect: 'reads',
  uiResource: 'figures',
  input: {
    metrics: listOf(['count', 'threshold'], 'What to return'),
    dimensions: listOf(['business', 'keyword', 'month', 'year', 'branded'], 'What to group by', {
      mayBeEmpty: true,
    }).optional(),
    business__in: businessIn,
    branded: flag("true: only words with the brand's name; false: only without.").optional(),
    filter_date__gte: filterDate('First day, YYYY-MM-DD.').optional(),
    filter_date__lte: filterDate('Last day, YYYY-MM-DD.').optional(),
    order_by: orderByField('-count'),
    page,
    per_page: perPage(500),
  },
  check(args) {
    const problems = inOrder(args, 'filter_date__gte', 'filter_date__lte');
    const byKeyword = args.dimensions?.includes('keyword');
    if (!byKeyword || (args.business__in?.length ?? 0) <= 1) return problems;
    const message = 'must be one business with the keyword dimension; call once per business';
    return [...problems, { argument: 'business__in', message }];
  },
  output: numberedList(
    'keywords',
    out.open(
      'profile_keywords',
      { keyword: out.text('profile_keywords.keyword'), business: out.businessName('profile_keywords') },
      'One row per group: dimensions and metrics by name',
    ),
  ),
  view: {
    rows: 'keywords',
    // The keywords are those of one business, which the caller named.
    businessOf: ({ keyword, business_id }) => (keyword ? undefined : business_id),
  },
  run: async (args, { partoo }) =>
    toNumberedList('keywords', await partoo.presenceAnalytics.keywords(args), args),
});
