import type { NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { Send } from '../requests/request.ts';
import { readObject } from '../responses/page.ts';

/** Partoo's `/org`. Only providers see organizations other than their own. */
export const organizations = (send: Send) => ({
  get: (id: NumericId) =>
    send({ method: 'GET', path: path`/org/${id}`, template: '/org/{org_id}', read: readObject }),
});
