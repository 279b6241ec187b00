import { defineTool } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';
import { listOf, utcDateTime } from '../fields/index.ts';
import { businessIn, orderByField, page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

const METRICS = [
  'average_rating',
  'rating_distribution',
  'reviews_count',
  'reply_time',
  'reply_means',
  'rank',
] as const;
const DIMENSIONS = ['day', 'week', 'month', 'year', 'business', 'group', 'tag'] as const;

export const getReviewMetrics = defineTool({
  name: 'get_review_metrics',
  title: 'Get review metrics',
  description:
    'Review statistics by period, business, group or tag, only where there are reviews. Without dimensions, one ' +
    'row for all. For the reviews themselves use search_reviews, for views and clicks of Google profiles ' +
    'get_profile_metrics.',
  effect: 'reads',
  input: {
    metrics: listOf(METRICS, 'What to compute'),
    dimensions: listOf(DIMENSIONS, 'What to group by', { mayBeEmpty: true }).optional(),
    business__in: businessIn,
    update_date__gte: utcDateTime('from', 'Reviews updated from, ISO 8601, UTC.').optional(),
    update_date__lte: utcDateTime('to', 'Reviews updated until, ISO 8601, UTC.').optional(),
    order_by: orderByField('-average_rating'),
    page,
    per_page: perPage(100),
  },
  check: args => inOrder(args, 'update_date__gte', 'update_date__lte'),
  output: numberedList(
    'data',
    out.open(
      'review_metrics',
      {
        dimension: out.text('review_metrics.dimension'),
        dimension_name: out.text('review_metrics.dimension_name'),
        dimension_info: out.object({
          code: out.text('review_metrics.dimension_info.code'),
          zipcode: out.text('review_metrics.dimension_info.zipcode'),
          city: out.text('review_metrics.dimension_info.city'),
        }),
        metrics: out.openObject('review_metrics.metrics'),
      },
      'One row per group',
    ),
  ),
  view: { rows: 'data' },
  run: async (args, { partoo }) => toNumberedList('data', await partoo.reviews.metrics(args), args),
});
