import type { NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { PartooRequest } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { canonicalUrl, link, type NewPost } from './posts.ts';

export type PostChange = Partial<
  Pick<
    NewPost,
    | 'title'
    | 'summary'
    | 'image_url'
    | 'cta_type'
    | 'cta_link'
    | 'schedule_time'
    | 'start_at'
    | 'end_at'
    | 'coupon_code'
    | 'offer_terms'
  >
>;

/** Undocumented for DELETE: inferred from the PUT. */
const one = (id: NumericId) => ({ path: path`/posts/${id}`, template: '/posts/{post_id}' });

/**
 * Returns the post. Unlike a new post, the fields are not in a `data`. Partoo does not document whether it keeps fields that are
 * left out.
 */
export function postUpdate(id: NumericId, { cta_link, ...fields }: PostChange) {
  const linkTo = (url: string | undefined) =>
    url !== undefined ? { custom_url: url } : link(fields.cta_type, undefined);
  return {
    method: 'PUT',
    ...one(id),
    body: { ...fields, link: linkTo(cta_link) },
    canonicalBody: { ...fields, link: linkTo(canonicalUrl(cta_link)) },
    idempotent: true,
    read: json => confirmationOf(json, id),
  } satisfies PartooRequest<Record<string, unknown>>;
}

/**
 * Undocumented: the response. Inferred: `{status: "success"}`, as for a reply. Not sent twice: after a lost response, a 404 would
 * not tell a deleted post from one that never was.
 */
export const postDeletion = (id: NumericId) =>
  ({
    method: 'DELETE',
    ...one(id),
    read: json => confirmationOf(json, id),
  }) satisfies PartooRequest<Record<string, unknown>>;

function confirmationOf(json: unknown, id: NumericId): Record<string, unknown> {
  const response = readConfirmation(json, 'id');
  mustBeOf(response, 'id', id, 'post');
  return response;
}
