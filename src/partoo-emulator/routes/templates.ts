import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../data/state.ts';
import { PLACEHOLDERS } from '../data/templates.ts';
import { callerOf } from '../http/access.ts';
import { pageOf, pageParams } from '../http/pages.ts';
import { read } from '../http/parameters.ts';
import { isoSeconds } from '../model/dates.ts';
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
    const params = read(z.strictObject(pageParams(100)), request.query);
    const user = callerOf(request);
    const { rows, ...page } = pageOf(
      state.templates.filter(template => template.org_id === user.org_id),
      params,
    );
    return { ...page, reply_templates: rows };
  });

  // Partoo does not document the shape.
  app.get('/reviews/templates/placeholders', async request => {
    read(noQuery, request.query);
    return { placeholders: PLACEHOLDERS };
  });
}
