import { readNumberedPage } from './page.ts';
import type { Send } from './request.ts';

export type PostQuery = {
  business__in?: string[];
  summary?: string;
  state__in?: string[];
  /** The word of `create`: what is news there Partoo calls standard here. */
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
  /** Absent with a button that links: the business's own website is used. */
  cta_link?: string;
  start_at?: string;
  end_at?: string;
  is_draft?: boolean;
  schedule_time?: string;
  expiration_time?: string;
  coupon_code?: string;
  offer_terms?: string;
};

/** Buttons that lead to a link; `call` dials the business, `no_cta` is no button. */
export const LINKING_CTAS = ['book', 'order', 'shop', 'learn_more', 'sign_up'];

/** Partoo's posts on Google, Facebook and Instagram. */
export const posts = (send: Send) => ({
  search: async (query: PostQuery) =>
    readNumberedPage(await send({ method: 'GET', path: '/posts', query: inWordsOfSearch(query) }), 'posts'),

  create: ({ business__in, publishers, is_draft = false, cta_link, ...data }: NewPost) =>
    send({
      method: 'POST',
      path: '/posts',
      body: {
        business_search: { business__in },
        publishers,
        data: { ...data, link: link(data.cta_type, cta_link) },
        is_draft,
      },
    }),
});

const inWordsOfSearch = (query: PostQuery): PostQuery =>
  query.topic_type === 'news' ? { ...query, topic_type: 'standard' } : query;

/** `link` is one of two forms, and there only where a button uses it. */
function link(ctaType: string | undefined, url: string | undefined) {
  if (ctaType === undefined || !LINKING_CTAS.includes(ctaType)) return undefined;
  return url === undefined ? { use_business_url: true } : { custom_url: url };
}
