import { isDated, takesLink } from '../new-post/check-post.ts';
import type { NewPost } from '../new-post/new-post.ts';
import { toUtc } from '../rows/dates.ts';
import type { Post } from '../rows/post.ts';

/** The fields of a post that is being written. */
export interface Draft {
  text: string;
  type: string;
  platforms: string[];
  shops: string[];
  otherShops: string;
  title: string;
  startAt: string;
  endAt: string;
  couponCode: string;
  offerTerms: string;
  images: string;
  cta: string;
  link: string;
  /** On the person's clock; empty for at once. */
  scheduledAt: string;
}

export const EMPTY: Draft = {
  text: '',
  type: 'news',
  platforms: ['google_my_business'],
  shops: [],
  otherShops: '',
  title: '',
  startAt: '',
  endAt: '',
  couponCode: '',
  offerTerms: '',
  images: '',
  cta: 'no_cta',
  link: '',
  scheduledAt: '',
};

export interface Shop {
  id: string;
  name: string;
  code: string | undefined;
}

/** The shops of the posts, by name. */
export function shopsOf(posts: Post[]): Shop[] {
  const shops = new Map<string, Shop>();
  for (const { businessId: id, shop, code } of posts) {
    if (id !== undefined) shops.set(id, { id, name: shop ?? id, code });
  }
  return [...shops.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** A draft as a post. Fields that its type or button does not have are left out. */
export function toNewPost(draft: Draft, shops: Shop[], timeZone: string | undefined): NewPost {
  const { text, type, platforms, title, startAt, endAt, couponCode, offerTerms, images, cta, link } = draft;
  const dated = isDated(type);
  const isOffer = type === 'offer';
  return {
    businessIds: [...new Set([...draft.shops, ...wordsIn(draft.otherShops).map(word => idOf(word, shops))])],
    platforms,
    type,
    text: text.trim(),
    title: dated ? title.trim() : '',
    images: wordsIn(images),
    cta,
    link: takesLink(cta) ? link.trim() : '',
    startAt: dated ? startAt : '',
    endAt: dated ? endAt : '',
    isDraft: false,
    scheduledAt: draft.scheduledAt === '' ? '' : (toUtc(draft.scheduledAt, timeZone) ?? draft.scheduledAt),
    takenDownAt: '',
    couponCode: isOffer ? couponCode.trim() : '',
    offerTerms: isOffer ? offerTerms.trim() : '',
  };
}

export const isBusinessId = (id: string): boolean => /^[0-9a-f]{24}$/i.test(id);

const wordsIn = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** A code of a known shop stands for its id. */
const idOf = (word: string, shops: Shop[]) =>
  shops.find(({ code }) => code?.toLowerCase() === word.toLowerCase())?.id ?? word;
