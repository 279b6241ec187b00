import { defineTool } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';
import { filterDate, listOf, text } from '../fields/index.ts';
import { businessIn, orderByField, page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

const METRICS = [
  'business_impressions_desktop_maps',
  'business_impressions_desktop_search',
  'business_impressions_mobile_maps',
  'business_impressions_mobile_search',
  'business_direction_requests',
  'call_clicks',
  'website_clicks',
] as const;
const DIMENSIONS = ['business', 'day', 'week', 'month', 'year'] as const;

export const getProfileMetrics = defineTool({
  name: 'get_profile_metrics',
  title: 'Get Google profile metrics',
  description:
    'How often Google profiles were seen (impressions on Maps and Search, desktop and mobile: add them ' +
    'up) and used (calls, website clicks, direction requests). Includes closed businesses. The last 5 ' +
    'days are incomplete. For search words use get_profile_keywords.',
  effect: 'reads',
  uiResource: 'figures',
  input: {
    metrics: listOf(METRICS, 'What to count'),
    dimensions: listOf(DIMENSIONS, 'What to group by, at most one period', { mayBeEmpty: true }).optional(),
    business__in: businessIn,
    query: text('Fuzzy search for businesses by name, city or zip code.').optional(),
    city: text('City of the businesses.').optional(),
    filter_date__gte: filterDate('First day, YYYY-MM-DD.').optional(),
    filter_date__lte: filterDate('Last day, YYYY-MM-DD.').optional(),
    order_by: orderByField('-call_clicks'),
    page,
    per_page: perPage(500),
  },
  check(args) {
    const periods = args.dimensions?.filter(dimension => dimension !== 'business') ?? [];
    const problems = inOrder(args, 'filter_date__gte', 'filter_date__lte');
    if (periods.length <= 1) return problems;
    return [
      ...problems,
      { argument: 'dimensions', message: `must have at most one of ${periods.join(', ')}` },
    ];
  },
  output: numberedList(
    'metrics',
    out.open(
      'profile_metrics',
      { business: out.businessName('profile_metrics') },
      'One row per group: dimensions and metrics by name',
    ),
  ),
  view: { rows: 'metrics', businessOf: ({ business_id }) => business_id },
  run: async (args, { partoo }) =>
    toNumberedList('metrics', await partoo.presenceAnalytics.metrics(args), args),
});
