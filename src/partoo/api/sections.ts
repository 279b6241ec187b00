import { isObject } from '../../core/is-object.ts';
import type { NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { Send } from '../requests/request.ts';
import { readNumberedPage, readObject } from '../responses/page.ts';

type SectionQuery = { group_name_query?: string; page: number };

const one = (id: NumericId) => ({ path: path`/sections/${id}`, template: '/sections/{section_id}' });

/** Partoo's `/sections`, in which groups of businesses live now. */
export const sections = (send: Send) => ({
  /** The name of the list is inferred from its path. */
  search: (query: SectionQuery) =>
    send({
      method: 'GET',
      path: '/sections',
      query,
      read: json =>
        readNumberedPage(
          isObject(json) ? { ...json, sections: json.sections ?? json.items } : json,
          'sections',
        ),
    }),

  get: (id: NumericId) => send({ method: 'GET', ...one(id), read: readObject }),
});
