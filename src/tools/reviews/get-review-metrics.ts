import * as z from 'zod';
import { defineTool } from '../define-tool.ts';
import { list, oneOf, utcDateTime } from '../fields.ts';
import * as out from '../outputs.ts';
import { numberedList, toNumberedList } from '../pages.ts';
import { businessIn, inOrder, orderByField, page, perPage } from '../shared-fields.ts';

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
    'Numbers over many reviews: average rating, distribution, count, reply time, in all or by period, ' +
    'business, group or tag. For the reviews themselves use search_reviews; for views and clicks of Google ' +
    'profiles use get_profile_metrics. Without dimensions one row over everything.',
  effect: 'reads',
  input: {
    metrics: list(oneOf(METRICS, ''), `What to compute: ${METRICS.join(', ')}.`),
    dimensions: list(oneOf(DIMENSIONS, ''), `What to group by: ${DIMENSIONS.join(', ')}.`).optional(),
    business__in: businessIn,
    update_date__gte: utcDateTime('from', 'Reviews updated at or after, ISO 8601, UTC.').optional(),
    update_date__lte: utcDateTime('to', 'Reviews updated at or before, ISO 8601, UTC.').optional(),
    order_by: orderByField('-average_rating'),
    page,
    per_page: perPage(100),
  },
  check: args => inOrder(args, 'update_date__gte', 'update_date__lte'),
  output: numberedList(
    'data',
    z.object({
      dimension: out.text(),
      dimension_name: out.text(),
      dimension_info: out.openObject(),
      metrics: out.openObject(),
    }),
  ),
  run: async (args, { partoo }) => toNumberedList('data', await partoo.reviews.metrics(args)),
});
