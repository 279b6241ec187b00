import type { Send, WriteRequest } from '../requests/request.ts';
import { isId, isSuccess, objectsIn } from '../responses/confirmation.ts';
import { Incomplete, readObject } from '../responses/page.ts';
import { numberedPage } from './lists.ts';

type PostQuery = {
  business__in?: string[];
  summary?: string;
  state__in?: string[];
  /** As in a new post, whose `news` Partoo's search calls `standard`. */
  topic_type?: string;
  start_datetime?: string;
  end_datetime?: string;
  page?: number;
  per_page?: number;
};

export type NewPost = {
  business__in: string[];
  publishers: string[];
  post_type: string;
  summary: string;
  title?: string;
  image_url?: string[];
  cta_type?: string;
  /** Default for a button with a link: the business's own website. */
  cta_link?: string;
  start_at?: string;
  end_at?: string;
  is_draft?: boolean;
  /** Mails the managers who see the draft. Undocumented: its place, inferred to be beside `is_draft`. */
  send_notifications?: boolean;
  schedule_time?: string;
  expiration_time?: string;
  coupon_code?: string;
  offer_terms?: string;
};

/** Buttons with a link; `call` dials the business, `no_cta` is no button. */
export const LINKING_CTAS = ['book', 'order', 'shop', 'learn_more', 'sign_up'];

export const posts = (send: Send) => ({
  search: (query: PostQuery) => {
    const inSearchTerms = query.topic_type === 'news' ? { ...query, topic_type: 'standard' } : query;
    return send(numberedPage('/posts', 'posts', inSearchTerms));
  },
});

export function newPost(post: NewPost): WriteRequest {
  const { business__in, publishers, is_draft = false, send_notifications, cta_link, ...data } = post;
  const body = {
    business_search: { business__in },
    publishers,
    data: { ...data, link: link(data.cta_type, cta_link) },
    is_draft,
    send_notifications,
  };
  return {
    method: 'POST',
    path: '/posts',
    body,
    canonicalBody: {
      business_search: { business__in: business__in.toSorted() },
      publishers: publishers.toSorted(),
      data: {
        ...body.data,
        cta_type: data.cta_type ?? 'no_cta',
        link: link(data.cta_type, canonicalUrl(cta_link)),
      },
      is_draft,
      send_notifications: send_notifications ?? false,
    },
    read: json => readNewPosts(json, business__in),
  };
}

/** Reads `{status, code, message, ids: "45,46", data: [{post_id, business_id}]}`, with a post for each business. */
function readNewPosts(json: unknown, businessIds: string[]): Record<string, unknown> {
  const response = readObject(json);
  const created = objectsIn(response.data).filter(({ post_id }) => isId(post_id));
  const ids = created.length > 0 ? created.map(({ post_id }) => post_id) : idsIn(response.ids);
  const plain = ids.filter(isPlain).slice(0, MAX_NAMED);
  const named = plain.length === 0 ? 'no post by its id' : `the posts ${plain.join(', ')}`;
  isSuccess(response.status, `; it names ${named}`);
  if (ids.length === 0) throw new Incomplete('names no post');
  const served = new Set(created.flatMap(({ business_id }) => String(business_id ?? '').toLowerCase() || []));
  const without = businessIds.filter(id => served.size > 0 && !served.has(id.toLowerCase()));
  if (without.length > 0) {
    throw new Incomplete(`names ${named}, and none for ${without.slice(0, MAX_NAMED).join(', ')}`);
  }
  if (new Set(ids.map(String)).size < businessIds.length) {
    throw new Incomplete(`names ${named}, fewer than businesses`);
  }
  return response;
}

const MAX_NAMED = 20;

/** Only plain ids are quoted to a model. */
const isPlain = (id: unknown) => /^\w{1,40}$/.test(String(id));

/** Reads `"45,46"`, a list of ids or a single number. */
export function idsIn(ids: unknown): unknown[] {
  const list = typeof ids === 'string' ? ids.split(',') : [ids].flat();
  return list.filter(isId);
}

/** As a browser would spell it. */
export const canonicalUrl = <Url extends string | undefined>(url: Url) =>
  (url === undefined ? undefined : (URL.parse(url)?.href ?? url)) as Url;

/** Present only for a button with a link, in one of two forms. */
export function link(ctaType: string | undefined, url: string | undefined) {
  if (ctaType === undefined || !LINKING_CTAS.includes(ctaType)) return undefined;
  return url === undefined ? { use_business_url: true } : { custom_url: url };
}
