import { isObject } from '../../../core/is-object.ts';
import type { NumericId } from '../../../core/json.ts';
import { path } from '../../requests/path.ts';
import type { Send, WriteRequest } from '../../requests/request.ts';
import { confirmationOf, readConfirmation } from '../../responses/confirmation.ts';
import { numberedPage } from '../lists.ts';

type TemplateQuery = {
  positive?: boolean;
  neutral?: boolean;
  negative?: boolean;
  language__in?: string[];
  title_query?: string;
  text_query?: string;
  /** Always sent: Partoo's page says that the default is 0. */
  page: number;
};

type ReviewReplyTemplate = {
  language: string;
  title: string;
  text: string;
  positive: boolean;
  neutral: boolean;
  negative: boolean;
};

/** Partoo's templates for replies to reviews. */
export const reviewTemplates = (send: Send) => ({
  search: (query: TemplateQuery) => send(numberedPage('/reviews/templates/search', 'reply_templates', query)),
  placeholders: () =>
    send({ method: 'GET', path: '/reviews/templates/placeholders', read: readPlaceholders }),
});

/** The documentation shows one object `{id, value}` for all of them: reads an object, a list, and a list in an object. */
function readPlaceholders(json: unknown): unknown[] {
  const list = Array.isArray(json)
    ? json
    : isObject(json)
      ? (Object.values(json).find(Array.isArray) ?? [json])
      : [];
  return list.flatMap((item: unknown) => (isObject(item) ? (item.value ?? item.id ?? []) : item));
}

export const newReplyTemplate = (template: ReviewReplyTemplate): WriteRequest => ({
  method: 'POST',
  path: '/reviews/template',
  body: template,
  read: json => readConfirmation(json, 'id', true),
});

const one = (id: NumericId) => ({ path: path`/reviews/template/${id}`, template: '/reviews/template/{id}' });

/** From Partoo's documentation of 2021 and working third-party code. Not sent again when its response is lost. */
export const templateDeletion = (id: NumericId): WriteRequest => ({
  method: 'DELETE',
  ...one(id),
  read: confirmationOf('template', id),
});
