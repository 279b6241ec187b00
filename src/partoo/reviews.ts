import { exactNumber, type NumericId } from '../core/json.ts';
import { readNumberedPage } from './page.ts';
import type { Send } from './request.ts';

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

/** Partoo's reviews, the replies to them (which it calls comments), their templates and their analytics. */
export const reviews = (send: Send) => ({
  search: async (query: ReviewQuery) =>
    readNumberedPage(await send({ method: 'GET', path: '/reviews', query: withPhrases(query) }), 'reviews'),

  reply: (reviewId: NumericId, content: string) =>
    send({ method: 'POST', path: '/comments', body: { review_id: exactNumber(reviewId), content } }),

  metrics: async (query: ReviewMetricsQuery) =>
    readNumberedPage(await send({ method: 'GET', path: '/review_analytics/metrics', query }), 'data'),

  createTemplate: (template: ReviewReplyTemplate) =>
    send({ method: 'POST', path: '/reviews/template', body: template }),
});

/** Partoo joins the words of a phrase with `+`; whoever knows that writes it so already. */
const withPhrases = ({ keywords, ...query }: ReviewQuery) => ({
  ...query,
  keywords: keywords?.map(phrase => phrase.replaceAll('+', ' ')),
});
