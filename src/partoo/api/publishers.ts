import { isObject } from '../../core/is-object.ts';
import { path } from '../requests/path.ts';
import type { Send } from '../requests/request.ts';
import { Incomplete, type NumberedPage, readObject } from '../responses/page.ts';
import { businessBody } from './businesses.ts';

type StateQuery = {
  business__in?: string[];
  publishers?: string[];
  states?: string[];
  page: number;
  /** Always sent: Partoo's default is 5. */
  per_page: number;
};

const errorsOf = (id: string) => {
  return { path: path`/diffusion_errors/${id}`, template: '/diffusion_errors/{business_id}' };
};

/** The state of listings on Google and Facebook. */
export const publishers = (send: Send) => ({
  states: (query: StateQuery) => send({ method: 'GET', path: '/publisher_states', query, read: readStates }),

  /** A POST that reads. With `fields`, Partoo checks them as if they were set, and saves nothing. */
  errors: (id: string, fields: Record<string, unknown>) =>
    send({
      method: 'POST',
      reads: true,
      isAboutErrors: true,
      ...errorsOf(id),
      body: businessBody(fields),
      read: readObject,
    }),
});

/** A map by business id, without the number of pages: its `count` is that of the page. */
function readStates(json: unknown): NumberedPage {
  const { businesses } = readObject(json);
  if (!isObject(businesses)) throw new Incomplete('has no list of businesses');
  return { rows: Object.values(businesses) };
}
