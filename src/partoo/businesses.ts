import { exactNumber, type NumericId } from '../core/json.ts';
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
  org_id?: NumericId;
  page?: number;
  per_page?: number;
  order_by?: string;
};

const one = (id: string) => ({ path: path`/business/${id}`, template: '/business/{business_id}' });

/** Partoo's `/business`. An id is 24 hex characters, or `c-{code}`. */
export const businesses = (send: Send) => ({
  search: async (query: BusinessQuery) =>
    readNumberedPage(await send({ method: 'GET', path: '/business/search', query }), 'businesses'),

  get: async (id: string) => readObject(await send({ method: 'GET', ...one(id) })),

  /** Changes only the fields given. POST, and yet a patch that sets values: sending it twice is harmless. */
  update: (id: string, fields: Record<string, unknown>) =>
    send({
      method: 'POST',
      ...one(id),
      body: inNumbers(fields),
      repeatable: true,
    }),
});

/** Ids of groups go to Partoo as the numbers they are. */
const inNumbers = ({ groups, ...fields }: Record<string, unknown>) => ({
  ...fields,
  ...(Array.isArray(groups) && { groups: groups.map(exactNumber) }),
});
