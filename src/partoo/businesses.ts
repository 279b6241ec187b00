import { readNumberedPage, readObject } from './page.ts';
import { path } from './path.ts';
import type { Send } from './request.ts';

export type BusinessQuery = {
  query?: string;
  name?: string;
  city?: string;
  zipcode?: string;
  country?: string;
  status?: string;
  code?: string;
  org_id?: number;
  page?: number;
  per_page?: number;
  order_by?: string;
};

const ONE = '/business/{business_id}';

/** Partoo's `/business`. An id is 24 hex characters, or `c-{code}`. */
export const businesses = (send: Send) => ({
  search: async (query: BusinessQuery) =>
    readNumberedPage(await send({ method: 'GET', path: '/business/search', query }), 'businesses'),

  get: async (id: string) =>
    readObject(await send({ method: 'GET', path: path`/business/${id}`, template: ONE })),

  /** Changes only the fields given. POST, and yet a patch that sets values: sending it twice is harmless. */
  update: (id: string, fields: Record<string, unknown>) =>
    send({ method: 'POST', path: path`/business/${id}`, template: ONE, body: fields, repeatable: true }),
});
