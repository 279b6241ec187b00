import { exactNumber, type NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { PartooRequest, Send } from '../requests/request.ts';
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

/** A POST that works like PATCH: it sets the given fields only, so sending it twice is harmless. */
export function businessUpdate(id: string, { groups, ...fields }: Record<string, unknown>) {
  // Partoo takes the ids of groups as numbers.
  const withGroups = (ids: NumericId[]) => ({ ...fields, groups: ids.map(exactNumber) });
  const listed = Array.isArray(groups) ? groups : undefined;
  return {
    method: 'POST',
    ...one(id),
    body: listed ? withGroups(listed) : fields,
    canonicalBody: listed ? withGroups(listed.toSorted()) : fields,
    idempotent: true,
    read(json) {
      const response = readConfirmation(json, 'id');
      if (isBusinessId(id)) mustBeOf(response, 'id', id, 'business');
      return response;
    },
  } satisfies PartooRequest<Record<string, unknown>>;
}
