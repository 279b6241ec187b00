import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { categoriesIn } from '../data/categories.ts';
import type { State } from '../data/state.ts';
import { callerOf } from '../http/access.ts';
import { notAllowed, notFound } from '../http/errors.ts';
import { pageOf, pageParams } from '../http/pages.ts';
import { flag, integer, read, text } from '../http/parameters.ts';
import { ORG_1 } from '../model/keys.ts';
import { fold } from '../model/text.ts';

const sectionsQuery = z.strictObject({
  org_id: text.optional(),
  group_name_query: text.optional(),
  page: integer(1, Number.MAX_SAFE_INTEGER).optional(),
});

const categoriesQuery = z.strictObject({
  country: text.optional(),
  lang: text.optional(),
  state: z.enum(['OK', 'DEPRECATED']).optional(),
  block_push_long_description_on_gmb: flag.optional(),
  search_query: text.optional(),
  order_by: z.enum(['gmb_id', '-gmb_id']).optional(),
  live__isnull: flag.optional(),
  with_names: flag.optional(),
  with_countries: flag.optional(),
  ...pageParams(100),
});

const SECTION = { id: 71, name: 'Régions', can_edit: true, has_puller: false };

/** Groups live in sections; the first organization has one section. */
export function groupRoutes(app: FastifyInstance, state: State): void {
  const groups = state.groups
    .filter(({ org_id }) => org_id === ORG_1)
    .map(({ id, name }) => ({ id, name, has_puller: false }));

  app.get('/sections', async request => {
    const { group_name_query = '', org_id, ...params } = read(sectionsQuery, request.query);
    // Only PROVIDER users may name an organization, and the emulator has none.
    if (org_id !== undefined) throw notAllowed();
    const isMatch = groups.some(({ name }) => fold(name).includes(fold(group_name_query)));
    const all = callerOf(request).org_id === ORG_1 && isMatch ? [SECTION] : [];
    const { rows, ...page } = pageOf(all, params);
    return { ...page, sections: rows };
  });

  app.get<{ Params: { id: string } }>('/sections/:id', async request => {
    read(z.strictObject({}), request.query);
    if (callerOf(request).org_id !== ORG_1 || request.params.id !== String(SECTION.id)) throw notFound();
    return { ...SECTION, groups };
  });

  app.get('/categories', async request => {
    const params = read(categoriesQuery, request.query);
    callerOf(request);
    const found = categoriesIn(params.lang).filter(
      ({ name, state }) =>
        fold(name).includes(fold(params.search_query ?? '')) && (params.state ?? state) === state,
    );
    if (params.order_by === '-gmb_id') found.reverse();
    const { rows, ...page } = pageOf(found, params);
    return { ...page, categories: rows };
  });
}
