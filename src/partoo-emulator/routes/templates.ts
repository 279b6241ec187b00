import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../data/state.ts';
import { PLACEHOLDERS } from '../data/templates.ts';
import { callerOf } from '../http/access.ts';
import { notFound } from '../http/errors.ts';
import { pageOf, pageParams } from '../http/pages.ts';
import { flag, read, text, textList } from '../http/parameters.ts';
import { isoSeconds } from '../model/dates.ts';
import { fold } from '../model/text.ts';
import type { Template } from '../model/types.ts';

const LANGUAGES = [
  'fr',
  'en',
  'es',
  'it',
  'pt-br',
  'de',
  'ar',
  'nl',
  'pl',
  'cs',
  'ca',
  'sk',
  'pt',
  'lv',
  'ro',
  'bg',
  'hu',
] as const;

const onlyKnownPlaceholders = (text: string) =>
  [...text.matchAll(/@\[\]\(([^)]*)\)/g)].every(([, name]) => PLACEHOLDERS.some(known => known === name));

const newTemplate = z.strictObject({
  language: z.enum(LANGUAGES),
  title: z.string().min(1, 'Must not be empty.'),
  text: z
    .string()
    .min(1, 'Must not be empty.')
    .refine(onlyKnownPlaceholders, `Unknown placeholder: known are ${PLACEHOLDERS.join(', ')}.`),
  positive: z.boolean(),
  neutral: z.boolean(),
  negative: z.boolean(),
});

const noQuery = z.strictObject({});
const templateQuery = z.strictObject({
  positive: flag.optional(),
  neutral: flag.optional(),
  negative: flag.optional(),
  language__in: textList.optional(),
  title_query: text.optional(),
  text_query: text.optional(),
  page: pageParams(30).page,
});

const fits = (template: Template, query: z.output<typeof templateQuery>) =>
  (query.positive ?? template.positive) === template.positive &&
  (query.neutral ?? template.neutral) === template.neutral &&
  (query.negative ?? template.negative) === template.negative &&
  (query.language__in?.includes(template.language) ?? true) &&
  fold(template.title).includes(fold(query.title_query ?? '')) &&
  fold(template.text).includes(fold(query.text_query ?? ''));

export function templateRoutes(app: FastifyInstance, state: State): void {
  app.post('/reviews/template', async request => {
    read(noQuery, request.query);
    const user = callerOf(request);
    const body = read(newTemplate, request.body);
    const date = isoSeconds(Date.now());
    const template: Template = {
      id: state.nextId(),
      org_id: user.org_id,
      update_date: date,
      creation_date: date,
      ...body,
    };
    state.templates.push(template);
    return template;
  });

  app.get('/reviews/templates/search', async request => {
    const params = read(templateQuery, request.query);
    const user = callerOf(request);
    const { rows, ...page } = pageOf(
      state.templates.filter(template => template.org_id === user.org_id && fits(template, params)),
      params,
    );
    return { ...page, reply_templates: rows };
  });

  app.delete<{ Params: { id: string } }>('/reviews/template/:id', async request => {
    read(noQuery, request.query);
    const { org_id } = callerOf(request);
    const index = state.templates.findIndex(
      ({ id, org_id: owner }) => String(id) === request.params.id && owner === org_id,
    );
    if (index === -1) throw notFound();
    state.templates.splice(index, 1);
    return { status: 'success' };
  });

  // Partoo does not document the shape.
  app.get('/reviews/templates/placeholders', async request => {
    read(noQuery, request.query);
    return { placeholders: PLACEHOLDERS };
  });
}
