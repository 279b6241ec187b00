import { exactNumber, type NumericId } from '../../core/json.ts';
import type { PartooRequest, Send } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { readNumberedPage } from '../responses/page.ts';

export type ReviewQuery = {
  business__in?: string[];
  partner__in?: string[];
  state__in?: string[];
  /** Each a word or a phrase. */
  keywords?: string[];
  update_date__gte?: string;
  update_date__lte?: string;
  content__isnull?: boolean;
  tags__isnull?: boolean;
  page?: number;
  per_page?: number;
  order_by?: string;
};

export type ReviewMetricsQuery = {
  metrics: string[];
  dimensions?: string[];
  business__in?: string[];
  update_date__gte?: string;
  update_date__lte?: string;
  page?: number;
  per_page?: number;
  order_by?: string;
};

export type ReviewReplyTemplate = {
  language: string;
  title: string;
  text: string;
  positive: boolean;
  neutral: boolean;
  negative: boolean;
};

/** Partoo's reviews and their analytics. */
export const reviews = (send: Send) => ({
  search: (query: ReviewQuery) =>
    send({
      method: 'GET',
      path: '/reviews',
      query: withPhrases(query),
      read: json => readNumberedPage(json, 'reviews'),
    }),

  metrics: (query: ReviewMetricsQuery) =>
    send({
      method: 'GET',
      path: '/review_analytics/metrics',
      query,
      read: json => readNumberedPage(json, 'data'),
    }),
});

/** A reply, which Partoo calls a comment. */
export const reviewReply = (reviewId: NumericId, content: string) =>
  ({
    method: 'POST',
    path: '/comments',
    body: { review_id: exactNumber(reviewId), content },
    read: json => readReply(json, reviewId),
  }) satisfies PartooRequest<Record<string, unknown>>;

export const newReplyTemplate = (template: ReviewReplyTemplate) =>
  ({
    method: 'POST',
    path: '/reviews/template',
    body: template,
    read: json => readConfirmation(json, 'id', true),
  }) satisfies PartooRequest<Record<string, unknown>>;

/** The comment. */
function readReply(json: unknown, reviewId: NumericId): Record<string, unknown> {
  const comment = readConfirmation(json, 'id', true);
  mustBeOf(comment, 'review_id', reviewId, 'review');
  return comment;
}

/** Partoo joins the words of a phrase with `+`; whoever knows that writes it so already. */
const withPhrases = ({ keywords, ...query }: ReviewQuery) => ({
  ...query,
  keywords: keywords?.map(phrase => phrase.replaceAll('+', ' ')),
});
