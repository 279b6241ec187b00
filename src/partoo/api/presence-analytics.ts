import type { Send } from '../requests/request.ts';
import { numberedPage } from './lists.ts';

type ProfileMetricsQuery = {
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

type ProfileKeywordsQuery = Omit<ProfileMetricsQuery, 'query' | 'city'> & { branded?: boolean };

/** Views and actions of Google profiles. */
export const presenceAnalytics = (send: Send) => ({
  /** The list is named `metrics`: undocumented, seen in working third-party code. */
  metrics: (query: ProfileMetricsQuery) =>
    send(numberedPage('/presence_analytics/metrics', 'metrics', query)),

  keywords: (query: ProfileKeywordsQuery) =>
    send(numberedPage('/presence_analytics/keywords', 'keywords', query)),
});
