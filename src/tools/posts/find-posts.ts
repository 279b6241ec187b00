import { isObject } from '../../core/is-object.ts';
import { LINKING_CTAS, type NewPost } from '../../partoo/api/posts.ts';
import { isId } from '../../partoo/responses/confirmation.ts';
import { isSameText } from '../definition/comparable-text.ts';
import type { VerificationContext } from '../definition/define-tool.ts';
import { POST_TYPE_ALIASES } from '../fields/shared.ts';
import { isNothing, isSameOrNone, isSameTime, isSameUrl } from './post-values.ts';

type Row = Record<string, unknown>;

/** The states of a post soon after it was sent. */
const STATES = {
  draft: ['to_validate'],
  scheduled: ['scheduled', 'pending'],
  now: ['pending', 'live', 'to_configure'],
};

/**
 * Finds the posts that one write has made among the rows of `GET /posts`: one for each business, with every field of its row as
 * requested. Returns undefined if that is not certain: none or several fit, or another write has made the one that fits.
 */
export function findPosts(
  rows: unknown[],
  post: NewPost,
  { isNew, isClaimed }: Pick<VerificationContext, 'isNew' | 'isClaimed'>,
) {
  const fitting = rows
    .filter(isObject)
    .filter(row => isNew(row.created_at) && fits(row, post) && isId(row.id) && !isClaimed(row.id));
  const posts = post.business__in.map(id => fitting.filter(row => sameId(row.business_id, id)));
  if (posts.some(({ length }) => length !== 1)) return undefined;
  return posts.flat().map(({ id, business_id }) => ({ post_id: id, business_id }));
}

const sameId = (one: unknown, other: string) => String(one).toLowerCase() === other.toLowerCase();

function fits(row: Row, post: NewPost): boolean {
  return (
    isSameText(row.summary, post.summary) &&
    typeOf(row.post_type) === post.post_type &&
    row.created_on_partoo !== false &&
    isOn(row.post_status, post) &&
    isSameTime(row.schedule_time, post.schedule_time) &&
    endsAsAsked(row.expiration_time, post) &&
    hasButton(row, post) &&
    isSameOrNone(row.offer_code, post.coupon_code) &&
    isSameOrNone(row.offer_terms, post.offer_terms) &&
    hasMedia(row.post_medias) === (post.image_url !== undefined) &&
    // Undocumented for a row, and compared where present.
    (isNothing(row.title) || isSameOrNone(row.title, post.title)) &&
    (isNothing(row.start_at) || isSameTime(row.start_at, post.start_at)) &&
    (isNothing(row.end_at) || isSameTime(row.end_at, post.end_at))
  );
}

const typeOf = (value: unknown) => (POST_TYPE_ALIASES as Record<string, string>)[String(value)] ?? value;

function endsAsAsked(value: unknown, { expiration_time, end_at, is_draft }: NewPost): boolean {
  if (expiration_time !== undefined) return isSameTime(value, expiration_time);
  // A draft gets a default, and Partoo may end a post with its event.
  return is_draft === true || isNothing(value) || isSameTime(value, end_at);
}

/** On exactly the requested platforms, in a possible state. */
function isOn(statuses: unknown, { publishers, is_draft, schedule_time }: NewPost): boolean {
  const rows = Array.isArray(statuses) ? statuses.filter(isObject) : [];
  const on = new Set(rows.map(({ name }) => name));
  const states = is_draft ? STATES.draft : schedule_time ? STATES.scheduled : STATES.now;
  return (
    on.size === new Set(publishers).size &&
    publishers.every(name => on.has(name)) &&
    rows.every(({ state }) => states.includes(String(state)))
  );
}

function hasButton(
  { cta_type, cta_link }: Row,
  { cta_type: asked = 'no_cta', cta_link: link }: NewPost,
): boolean {
  if ((isNothing(cta_type) ? 'no_cta' : cta_type) !== asked) return false;
  if (!LINKING_CTAS.includes(asked)) return isNothing(cta_link);
  // Without a link, a button has the business's, which is unknown here.
  return link === undefined || isSameUrl(cta_link, link);
}

const hasMedia = (medias: unknown) => Array.isArray(medias) && medias.length > 0;
