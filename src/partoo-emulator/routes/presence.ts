import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../data/state.ts';
import { accessibleBusinesses, businessOf, callerOf } from '../http/access.ts';
import { pageOf, pageParams } from '../http/pages.ts';
import { businessIds, listOf, read } from '../http/parameters.ts';
import type { Business } from '../model/types.ts';
import { businessChanges } from './business-changes.ts';

const STATES = ['success', 'pending', 'to_configure'] as const;

const statesQuery = z.strictObject({
  business__in: businessIds.optional(),
  publishers: listOf(['facebook', 'google_my_business']).optional(),
  states: listOf(STATES).optional(),
  ...pageParams(100),
});

const idParam = z.object({ id: z.string() });

/** The presence of businesses on Google and Facebook. */
export function presenceRoutes(app: FastifyInstance, state: State): void {
  app.get('/publisher_states', async request => {
    const params = read(statesQuery, request.query);
    const found = accessibleBusinesses(state, callerOf(request))
      .filter(({ id }) => params.business__in?.includes(id) ?? true)
      .map(business => statesOf(business, params))
      .filter(({ publishers }) => Object.keys(publishers).length > 0);
    const { rows } = pageOf(found, params, 5);
    return { businesses: Object.fromEntries(rows.map(row => [row.business_id, row])), count: rows.length };
  });

  app.post('/diffusion_errors/:id', async request => {
    read(z.strictObject({}), request.query);
    const business = businessOf(state, callerOf(request), idParam.parse(request.params).id);
    const changes = read(businessChanges, request.body);
    // Partoo does not document the names in this response.
    return {
      errors: { google_my_business: problemsOf({ ...business, ...changes } as Business), facebook: [] },
    };
  });
}

function statesOf(business: Business, params: z.output<typeof statesQuery>) {
  const all = {
    google_my_business: stateOf(business.google_location_id, 'https://www.google.com/maps?cid='),
    facebook: stateOf(business.facebook_page_id, 'https://www.facebook.com/'),
  };
  const publishers = Object.entries(all).filter(
    ([name, { state }]) =>
      (params.publishers?.some(each => each === name) ?? true) &&
      (params.states?.some(each => each === state) ?? true),
  );
  return {
    business_id: business.id,
    business_name: business.name,
    business_formatted_address: `${business.address_full}, ${business.zipcode} ${business.city}`,
    publishers: Object.fromEntries(publishers),
  };
}

const stateOf = (id: string | null, url: string) =>
  id === null
    ? { state: 'to_configure', error_type: 'PUBLISHER_CONNEXION', url_on_publisher: null }
    : { state: 'success', error_type: null, url_on_publisher: url + id };

function problemsOf({ categories, description_long }: Business) {
  const problems: { field: string; message: string }[] = [];
  if (categories.length > 10) problems.push({ field: 'categories', message: 'At most 10 categories.' });
  if (/https?:\/\//.test(description_long ?? '')) {
    problems.push({ field: 'description_long', message: 'Google does not accept links in a description.' });
  }
  return problems;
}
