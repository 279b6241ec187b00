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
    'The words people searched on Google before they saw a profile, by month. Ask for count and threshold ' +
    'together: Google hides small numbers behind a `threshold` that the real one is below; over months a ' +
    'word can have both. With the keyword dimension one business at a time.',
  effect: 'reads',
  input: {
    metrics: listOf(['count', 'threshold'], 'What to return'),
    dimensions: listOf(['business', 'keyword', 'month', 'year', 'branded'], 'What to group by', {
      mayBeEmpty: true,
    }).optional(),
    business__in: businessIn,
    branded: flag("Only words with the brand's name, or only without.").optional(),
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
    const message = 'only one business at a time with the keyword dimension';
    return [...problems, { argument: 'business__in', message }];
  },
  output: numberedList(
    'keywords',
    out.open(
      'profile_keywords',
      { keyword: out.text('profile_keywords.keyword') },
      'A row a group: the dimensions and the metrics by name',
    ),
  ),
  view: { rows: 'keywords' },
  run: async (args, { partoo }) =>
    toNumberedList('keywords', await partoo.presenceAnalytics.keywords(args), args),
});
