import type { Send } from '../requests/request.ts';
import { readNumberedPage } from '../responses/page.ts';

export type ProfileMetricsQuery = {
  metrics: string[];
  dimensions?: string[];
  business__in?: string[];
  query?: string;
  city?: string;
  filter_date__gte?: string;
  filter_date__lte?: string;
  order_by?: string;
  page?: number;
  per_page?: number;
};

export type ProfileKeywordsQuery = {
  metrics: string[];
  dimensions?: string[];
  business__in?: string[];
  branded?: boolean;
  filter_date__gte?: string;
  filter_date__lte?: string;
  order_by?: string;
  page?: number;
  per_page?: number;
};

/** How Google profiles are seen and used. */
export const presenceAnalytics = (send: Send) => ({
  /** The rows' key is `metrics` (seen in working third-party code). */
  metrics: (query: ProfileMetricsQuery) =>
    send({
      method: 'GET',
      path: '/presence_analytics/metrics',
      query,
      read: json => readNumberedPage(json, 'metrics'),
    }),

  keywords: (query: ProfileKeywordsQuery) =>
    send({
      method: 'GET',
      path: '/presence_analytics/keywords',
      query,
      read: json => readNumberedPage(json, 'keywords'),
    }),
});
