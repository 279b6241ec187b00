import type { Send } from '../requests/request.ts';
import { numberedPage } from './lists.ts';

type CategoryQuery = {
  search_query?: string;
  country?: string;
  lang?: string;
  state?: string;
  page?: number;
  per_page?: number;
};

/** Partoo's `/categories`: what a business can be, by Google's ids. */
export const categories = (send: Send) => ({
  search: (query: CategoryQuery) => send(numberedPage('/categories', 'categories', query)),
});
