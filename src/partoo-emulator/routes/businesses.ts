import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../data/state.ts';
import { accessibleBusinesses, businessOf, callerOf } from '../http/access.ts';
import { badRequest, editNotAllowed, notAllowed } from '../http/errors.ts';
import { pageOf, pageParams } from '../http/pages.ts';
import { businessIds, intList, listOf, orderBy, read, text, textList } from '../http/parameters.ts';
import type { User } from '../model/keys.ts';
import { fold, matchesWords } from '../model/text.ts';
import type { Business } from '../model/types.ts';
import { type BusinessChanges, businessChanges } from './business-changes.ts';

const searchQuery = z.strictObject({
  query: text.optional(),
  name: text.optional(),
  city: text.optional(),
  zipcode: text.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Not an ISO 3166 alpha-2 code.')
    .optional(),
  status: listOf(['open', 'closed', 'opening_soon', 'temporarily_closed']).optional(),
  code: text.optional(),
  org_id: text.optional(),
  business__in: businessIds.optional(),
  groups: intList.optional(),
  modified__gte: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'Not a valid number of seconds.')
    .transform(Number)
    .optional(),
  features__in: textList.optional(),
  order_by: orderBy(['name']).optional(),
  ...pageParams(100, 100),
});

/** In percent. Partoo does not document which fields count. */
function completionOf({
  description_long,
  website_url,
  logo_url,
  contacts,
  google_location_id,
}: Business): number {
  const parts = [description_long, website_url, logo_url, contacts[0], google_location_id];
  return (100 * parts.filter(part => part !== null && part !== undefined).length) / parts.length;
}

type SearchQuery = z.output<typeof searchQuery>;

const noQuery = z.strictObject({});
const idParam = z.object({ id: z.string() });

export function businessRoutes(app: FastifyInstance, state: State): void {
  app.get('/business/search', async request => {
    const user = callerOf(request);
    const params = read(searchQuery, request.query);
    // Only PROVIDER users may name an organization, and the emulator has none.
    if (params.org_id !== undefined) throw notAllowed();
    const found = accessibleBusinesses(state, user).filter(business => fits(business, params));
    if (params.order_by) {
      const direction = params.order_by === 'name' ? 1 : -1;
      found.sort((a, b) => direction * a.name.localeCompare(b.name, 'fr'));
    }
    const { rows, ...page } = pageOf(found, params);
    return { ...page, businesses: rows };
  });

  app.get('/business/search/stats', async request => {
    const { order_by, page, per_page, ...params } = searchQuery.shape;
    const filters = read(z.strictObject(params), request.query);
    const found = accessibleBusinesses(state, callerOf(request)).filter(business => fits(business, filters));
    const rates = found.map(completionOf);
    const between = (from: number, to: number) => rates.filter(rate => rate >= from && rate < to).length;
    const average = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
    return {
      average_completion_rate: Math.round(average * 10) / 10,
      counts: { low: between(0, 50), mid: between(50, 90), high: between(90, 101) },
    };
  });

  app.get('/business/:id', async request => {
    read(noQuery, request.query);
    return businessOf(state, callerOf(request), idParam.parse(request.params).id);
  });

  app.post('/business/:id', async request => {
    read(noQuery, request.query);
    const user = callerOf(request);
    const business = businessOf(state, user, idParam.parse(request.params).id);
    const changes = read(businessChanges, request.body);
    if (Object.keys(changes).length === 0) throw badRequest({ body: 'No field to change.' });
    refuseForbiddenFields(user, changes);
    refuseUnknownReferences(state, business, changes);
    Object.assign(business, changes, { modified: Date.now() / 1000 });
    if (changes.address_full !== undefined) business.address = changes.address_full;
    return { status: 'success', id: business.id };
  });
}

function fits(business: Business, params: SearchQuery): boolean {
  const same = (value: string, wanted: string | undefined) =>
    wanted === undefined || fold(value) === fold(wanted);
  return (
    (params.status ?? ['open']).includes(business.status) &&
    (params.query === undefined ||
      matchesWords(`${business.city} ${business.zipcode} ${business.name}`, params.query)) &&
    same(business.name, params.name) &&
    same(business.city, params.city) &&
    same(business.zipcode, params.zipcode) &&
    (params.country === undefined || business.country === params.country) &&
    (params.code === undefined || business.code === params.code) &&
    (params.business__in?.includes(business.id) ?? true) &&
    (params.groups?.some(group => business.groups.includes(group)) ?? true) &&
    (params.features__in?.some(feature => business.features.includes(feature)) ?? true) &&
    business.modified >= (params.modified__gte ?? 0)
  );
}

/** Organizations choose which fields managers may not edit. These are from Partoo's documented example. */
function refuseForbiddenFields(user: User, changes: BusinessChanges): void {
  if (user.role === 'ORG_ADMIN') return;
  const forbidden = ['name', 'code', 'groups', 'status'].filter(field => field in changes);
  if (changes.photos?.primary !== undefined) forbidden.push('photos.primary');
  if (forbidden.length > 0) throw editNotAllowed(forbidden);
}

function refuseUnknownReferences(state: State, business: Business, changes: BusinessChanges): void {
  const ofOrg = <T extends { org_id: number }>(item: T) => item.org_id === business.org_id;
  const taken = state.businesses.some(
    other => ofOrg(other) && other.id !== business.id && other.code === changes.code,
  );
  if (taken) throw badRequest({ code: 'Already used by another business.' });
  const known = state.groups.filter(ofOrg).map(group => group.id);
  const unknown = changes.groups?.find(id => !known.includes(id));
  if (unknown !== undefined) throw badRequest({ groups: `Unknown group ${unknown}.` });
}
