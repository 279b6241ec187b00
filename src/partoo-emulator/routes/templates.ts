import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../access.ts';
import { PLACEHOLDERS } from '../data/templates.ts';
import { isoSeconds } from '../dates.ts';
import type { Template } from '../model.ts';
import { pageOf, pageParams } from '../pages.ts';
import { read } from '../query.ts';
import type { State } from '../state.ts';

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
    const asked = read(newTemplate, request.body);
    const date = isoSeconds(Date.now());
    const template: Template = {
      id: state.nextId(),
      org_id: user.org_id,
      update_date: date,
      creation_date: date,
      ...asked,
    };
    state.templates.push(template);
    return template;
  });

  app.get('/reviews/templates/search', async request => {
    const asked = read(z.strictObject(pageParams(100)), request.query);
    const user = callerOf(request);
    const { rows, ...page } = pageOf(
      state.templates.filter(template => template.org_id === user.org_id),
      asked,
    );
    return { ...page, reply_templates: rows };
  });

  // The form of this answer is not documented.
  app.get('/reviews/templates/placeholders', async request => {
    read(noQuery, request.query);
    return { placeholders: PLACEHOLDERS };
  });
}
