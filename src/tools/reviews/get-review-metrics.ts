import { defineTool } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';
import { listOf, numericIds, utcDateTime } from '../fields/index.ts';
import { businessIn, businessNotIn, orderByField, page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

const METRICS = [
  'average_rating',
  'rating_distribution',
  'average_rating_distribution',
  'reviews_count',
  'reply_time',
  'reply_means',
  'rank',
] as const;
const DIMENSIONS = ['day', 'week', 'month', 'year', 'business', 'group', 'tag', 'user'] as const;
/** The metrics that Partoo computes by tag. */
const BY_TAG: readonly string[] = ['average_rating', 'rating_distribution', 'reviews_count'];

export const getReviewMetrics = defineTool({
  name: 'get_review_metrics',
  title: 'Get review metrics',
  description:
    'Review statistics by period, business, group, tag or user who replied, only where there are reviews. Without ' +
    'dimensions, one row for all. reviews_count includes reviews without stars (Facebook recommendations), ' +
    'average_rating does not; both include closed businesses. For the reviews themselves use search_reviews, for ' +
    'views and clicks of Google profiles get_profile_metrics.',
  effect: 'reads',
  uiResource: 'figures',
  input: {
    metrics: listOf(METRICS, 'What to compute (reply_time: fast is under 48 h)'),
    dimensions: listOf(DIMENSIONS, 'What to group by', { mayBeEmpty: true }).optional(),
    business__in: businessIn,
    business__notin: businessNotIn,
    groups: numericIds('Group ids').optional(),
    tags: numericIds('Tag ids').optional(),
    update_date__gte: utcDateTime('from', 'Reviews updated from, ISO 8601, UTC.').optional(),
    update_date__lte: utcDateTime('to', 'Reviews updated until, ISO 8601, UTC.').optional(),
    order_by: orderByField('-average_rating, reply_time__total or ratio__rating_distribution__5'),
    page,
    per_page: perPage(100),
  },
  check(args) {
    const { metrics = [], dimensions } = args;
    const problems = inOrder(args, 'update_date__gte', 'update_date__lte');
    const without = dimensions?.includes('tag') ? metrics.filter(metric => !BY_TAG.includes(metric)) : [];
    if (without.length > 0) {
      const message = `${without.join(', ')} cannot be computed by tag, only ${BY_TAG.join(', ')}`;
      problems.push({ argument: 'metrics', message });
    }
    if (metrics.includes('rank') && !('order_by' in args)) {
      problems.push({ argument: 'order_by', message: 'is required with rank, such as -average_rating' });
    }
    return problems;
  },
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
