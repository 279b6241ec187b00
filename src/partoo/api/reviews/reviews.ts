import type { NumericId } from '../../../core/json.ts';
import { path } from '../../requests/path.ts';
import type { Send } from '../../requests/request.ts';
import { isId } from '../../responses/confirmation.ts';
import { Incomplete, readObject } from '../../responses/page.ts';
import { numberedPage } from '../lists.ts';

export const PARTNERS = ['google_my_business', 'facebook', 'tripadvisor'] as const;
export const STATES = ['treated', 'not_treated', 'deleted'] as const;

export type ReviewQuery = {
  business__in?: string[];
  business__notin?: string[];
  partner__in?: string[];
  state__in?: string[];
  /** Stars on Google. Partoo documents that it filters by these three; the names come from working third-party code. */
  gmb_rating__in?: string[];
  tripadvisor_rating__in?: string[];
  recommended__in?: string[];
  /** Words or phrases. */
  keywords?: string[];
  update_date__gte?: string;
  update_date__lte?: string;
  content__isnull?: boolean;
  tags__isnull?: boolean;
  page?: number;
  per_page?: number;
  order_by?: string;
};

type ReviewMetricsQuery = Pick<
  ReviewQuery,
  | 'business__in'
  | 'business__notin'
  | 'update_date__gte'
  | 'update_date__lte'
  | 'page'
  | 'per_page'
  | 'order_by'
> & { metrics: string[]; dimensions?: string[]; groups?: NumericId[]; tags?: NumericId[] };

const SUGGESTION = '/reviews/fetch-suggestion/{review_id}/{index}';
const suggestion = (id: NumericId, index: number) => {
  return { path: path`/reviews/fetch-suggestion/${id}/${index}`, template: SUGGESTION };
};

function readSuggestion(json: unknown): Record<string, unknown> {
  const response = readObject(json);
  if (!isId(response.id)) throw new Incomplete('has no id');
  return response;
}

export const reviews = (send: Send) => ({
  search: ({ keywords, ...query }: ReviewQuery) => {
    // Spaces become the `+` that Partoo wants between words; a `+` that is already there would be sent as %2B.
    const phrases = keywords?.map(phrase => phrase.replaceAll('+', ' '));
    return send(numberedPage('/reviews', 'reviews', { ...query, keywords: phrases }));
  },

  /** Partoo makes at most three suggestions for a review, and keeps them. */
  suggestion: (id: NumericId, index: number) =>
    send({ method: 'GET', ...suggestion(id, index), read: readSuggestion }),

  metrics: (query: ReviewMetricsQuery) => send(numberedPage('/review_analytics/metrics', 'data', query)),
});
