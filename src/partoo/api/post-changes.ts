import type { NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { WriteRequest } from '../requests/request.ts';
import { confirmationOf } from '../responses/confirmation.ts';
import { canonicalUrl, link, type NewPost } from './posts.ts';

/** What can change of a post: not where it is published, its type and what is about a new one only. */
export type PostChange = Partial<
  Omit<
    NewPost,
    'business__in' | 'publishers' | 'post_type' | 'is_draft' | 'send_notifications' | 'expiration_time'
  >
>;

/** Undocumented for DELETE: inferred from the PUT. */
const one = (id: NumericId) => ({ path: path`/posts/${id}`, template: '/posts/{post_id}' });

/**
 * Returns the post. Unlike a new post, the fields are not in a `data`. Partoo does not document whether it keeps fields that are
 * left out.
 */
export function postUpdate(id: NumericId, { cta_link, ...fields }: PostChange): WriteRequest {
  const linkTo = (url: string | undefined) =>
    url !== undefined ? { custom_url: url } : link(fields.cta_type, undefined);
  return {
    method: 'PUT',
    ...one(id),
    body: { ...fields, link: linkTo(cta_link) },
    canonicalBody: { ...fields, link: linkTo(canonicalUrl(cta_link)) },
    idempotent: true,
    read: confirmationOf('post', id),
  };
}

/**
 * Undocumented: the response. Inferred: `{status: "success"}`, as for a reply. Not sent twice: after a lost response, a 404 would
 * not tell a deleted post from one that never was.
 */
export const postDeletion = (id: NumericId): WriteRequest => ({
  method: 'DELETE',
  ...one(id),
  read: confirmationOf('post', id),
});
