import { exactNumber, type NumericId } from '../../core/json.ts';
import type { PartooRequest, Send } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { numberedPage } from './lists.ts';

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

type ReviewReplyTemplate = {
  language: string;
  title: string;
  text: string;
  positive: boolean;
  neutral: boolean;
  negative: boolean;
};

export const reviews = (send: Send) => ({
  search: ({ keywords, ...query }: ReviewQuery) => {
    // Spaces become the `+` that Partoo wants between words; a `+` that is already there would be sent as %2B.
    const phrases = keywords?.map(phrase => phrase.replaceAll('+', ' '));
    return send(numberedPage('/reviews', 'reviews', { ...query, keywords: phrases }));
  },

  metrics: (query: ReviewMetricsQuery) => send(numberedPage('/review_analytics/metrics', 'data', query)),
});

/** Partoo calls a reply a comment. */
export const reviewReply = (reviewId: NumericId, content: string) =>
  ({
    method: 'POST',
    path: '/comments',
    body: { review_id: exactNumber(reviewId), content },
    read(json) {
      const comment = readConfirmation(json, 'id', true);
      mustBeOf(comment, 'review_id', reviewId, 'review');
      return comment;
    },
  }) satisfies PartooRequest<Record<string, unknown>>;

export const newReplyTemplate = (template: ReviewReplyTemplate) =>
  ({
    method: 'POST',
    path: '/reviews/template',
    body: template,
    read: json => readConfirmation(json, 'id', true),
  }) satisfies PartooRequest<Record<string, unknown>>;
