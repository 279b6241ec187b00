import { exactNumber, type NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { PartooRequest, Send } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { Incomplete, readNumberedPage, readObject } from '../responses/page.ts';

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

export const isBusinessId = (text: string) => /^[0-9a-f]{24}$/i.test(text);

const one = (id: string) => ({ path: path`/business/${id}`, template: '/business/{business_id}' });

/** Partoo's `/business`. An id is 24 hex characters, or `c-{code}`. */
export const businesses = (send: Send) => ({
  search: (query: BusinessQuery) =>
    send({
      method: 'GET',
      path: '/business/search',
      query,
      read: json => readNumberedPage(json, 'businesses'),
    }),

  get: (id: string) => send({ method: 'GET', ...one(id), read: json => readBusiness(json, id) }),
});

/** Changes only the fields given. POST, and yet a patch that sets values: sending it twice is harmless. */
export function businessUpdate(id: string, { groups, ...fields }: Record<string, unknown>) {
  // Ids of groups go to Partoo as the numbers they are.
  const withGroups = (ids: NumericId[]) => ({ ...fields, groups: ids.map(exactNumber) });
  const listed = Array.isArray(groups) ? groups : undefined;
  return {
    method: 'POST',
    ...one(id),
    body: listed ? withGroups(listed) : fields,
    canonicalBody: listed ? withGroups(listed.toSorted()) : fields,
    idempotent: true,
    read: json => readUpdate(json, id),
  } satisfies PartooRequest<Record<string, unknown>>;
}

function readBusiness(json: unknown, asked: string): Record<string, unknown> {
  const business = readObject(json);
  if (!business.id) throw new Incomplete('has no id');
  if (isBusinessId(asked) && isBusinessId(String(business.id))) mustBeOf(business, 'id', asked, 'business');
  return business;
}

/** `{status: "success", id}` */
function readUpdate(json: unknown, asked: string): Record<string, unknown> {
  const answer = readConfirmation(json, 'id');
  if (isBusinessId(asked)) mustBeOf(answer, 'id', asked, 'business');
  return answer;
}
