import { exactNumber, type NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { Send, WriteRequest } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { Incomplete, readObject } from '../responses/page.ts';
import { numberedPage } from './lists.ts';

export type BusinessQuery = {
  query?: string;
  name?: string;
  city?: string;
  zipcode?: string;
  country?: string;
  /** Partoo's default is open businesses only. */
  status?: readonly string[];
  business__in?: string[];
  code?: string;
  org_id?: NumericId;
  page?: number;
  per_page?: number;
  order_by?: string;
};

/** For all businesses: without a status, Partoo returns open ones only. */
export const EVERY_STATUS = ['open', 'closed', 'opening_soon', 'temporarily_closed'] as const;

export const isBusinessId = (text: string) => /^[0-9a-f]{24}$/i.test(text);

const one = (id: string) => ({ path: path`/business/${id}`, template: '/business/{business_id}' });

/** Partoo's `/business`. An id is 24 hex characters, or `c-{code}`. */
export const businesses = (send: Send) => ({
  search: (query: BusinessQuery) => send(numberedPage('/business/search', 'businesses', query)),

  /** These businesses, or the first that the key sees: open or not, 100 at most. */
  ofAnyStatus: (ids?: string[]) => {
    const query = { business__in: ids, status: EVERY_STATUS, page: 1, per_page: 100 };
    return send(numberedPage('/business/search', 'businesses', query));
  },

  /** How complete the listings of a search are: `{average_completion_rate, counts}`. */
  completion: (query: Omit<BusinessQuery, 'page' | 'per_page' | 'order_by'>) =>
    send({
      method: 'GET',
      path: '/business/search/stats',
      query,
      read(json) {
        const stats = readObject(json);
        if (stats.average_completion_rate === undefined)
          throw new Incomplete('has no average_completion_rate');
        return stats;
      },
    }),

  get: (id: string) =>
    send({
      method: 'GET',
      ...one(id),
      read(json) {
        const business = readObject(json);
        if (!business.id) throw new Incomplete('has no id');
        if (isBusinessId(id) && isBusinessId(String(business.id))) mustBeOf(business, 'id', id, 'business');
        return business;
      },
    }),
});

/** The fields of a business as Partoo takes them: the ids of groups are numbers. */
export const businessBody = ({ groups, ...fields }: Record<string, unknown>) =>
  Array.isArray(groups) ? { ...fields, groups: groups.map(exactNumber) } : fields;

/** A POST that works like PATCH: it sets the given fields only, so sending it twice is harmless. */
export function businessUpdate(id: string, fields: Record<string, unknown>): WriteRequest {
  const { groups } = fields;
  return {
    method: 'POST',
    ...one(id),
    body: businessBody(fields),
    canonicalBody: businessBody(Array.isArray(groups) ? { ...fields, groups: groups.toSorted() } : fields),
    idempotent: true,
    read(json) {
      const response = readConfirmation(json, 'id');
      if (isBusinessId(id)) mustBeOf(response, 'id', id, 'business');
      return response;
    },
  };
}
