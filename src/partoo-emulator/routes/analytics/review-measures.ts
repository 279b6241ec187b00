import { DAY, parseUtc } from '../../model/dates.ts';
import type { Review } from '../../model/types.ts';

export const REVIEW_METRICS = [
  'average_rating',
  'average_rating_distribution',
  'rating_distribution',
  'reviews_count',
  'reply_time',
  'reply_means',
  'rank',
] as const;
type ReviewMetric = (typeof REVIEW_METRICS)[number];

const FAST = 2 * DAY;

/** Computes the metrics of one row. `rank` is replaced once all rows are known. */
export const measure = (reviews: Review[], metrics: readonly ReviewMetric[]): Record<string, unknown> =>
  Object.fromEntries(metrics.map(metric => [metric, MEASURES[metric](reviews)]));

const MEASURES: Record<ReviewMetric, (reviews: Review[]) => unknown> = {
  average_rating: averageRating,
  average_rating_distribution: averageDistribution,
  rating_distribution: ratingDistribution,
  reviews_count: reviews => reviews.length,
  reply_time: replyTime,
  reply_means: replyMeans,
  rank: averageRating,
};

const ratingsOf = (reviews: Review[]) => reviews.flatMap(({ rating }) => (rating === null ? [] : [rating]));

function averageRating(reviews: Review[]): number | null {
  const ratings = ratingsOf(reviews);
  if (ratings.length === 0) return null;
  return Math.round((ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length) * 100) / 100;
}

function ratingDistribution(reviews: Review[]): Record<string, number> {
  const distribution: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const rating of ratingsOf(reviews)) distribution[rating] = (distribution[rating] ?? 0) + 1;
  return distribution;
}

/** The share of each number of stars, in percent. Partoo does not document the unit. */
function averageDistribution(reviews: Review[]): Record<string, number> {
  const counts = ratingDistribution(reviews);
  const all = ratingsOf(reviews).length;
  return Object.fromEntries(
    Object.entries(counts).map(([stars, count]) => [
      stars,
      all === 0 ? 0 : Math.round((1000 * count) / all) / 10,
    ]),
  );
}

function replyTime(reviews: Review[]) {
  const replied = reviews.flatMap(({ comments, update_date }) =>
    comments ? [parseUtc(comments.date) - parseUtc(update_date)] : [],
  );
  const fast = replied.filter(delay => delay <= FAST).length;
  return {
    fast,
    slow: replied.length - fast,
    not_replied: reviews.length - replied.length,
    total: reviews.length,
  };
}

function replyMeans(reviews: Review[]) {
  const replied = reviews.filter(({ comments }) => comments);
  const auto = replied.filter(({ state }) => state === 'treated_auto_reply').length;
  return { manual: replied.length - auto, auto };
}
