import { platformIn } from '../../kit/platforms.ts';
import type { Values } from '../../kit/values.ts';
/** The arguments of create_post. */
export interface NewPost {
  businessIds: string[];
  platforms: string[];
  type: string;
  text: string;
  title: string;
  images: string[];
  cta: string;
  link: string;
  startAt: string;
  endAt: string;
  isDraft: boolean;
  scheduledAt: string;
  takenDownAt: string;
  couponCode: string;
  offerTerms: string;
}

/** Reads the arguments as a model wrote them: the server takes lists also as JSON or with commas. */
export function readNewPost(input: Values): NewPost {
  const type = textOf(input.post_type);
  return {
    businessIds: listOf(input.business__in),
    platforms: [...new Set(listOf(input.publishers).map(platformIn))],
    type: type === 'standard' ? 'news' : type,
    text: textOf(input.summary).trim(),
    title: textOf(input.title),
    images: listOf(input.image_url),
    cta: textOf(input.cta_type),
    link: textOf(input.cta_link),
    startAt: textOf(input.start_at),
    endAt: textOf(input.end_at),
    isDraft: String(input.is_draft) === 'true',
    scheduledAt: textOf(input.schedule_time),
    takenDownAt: textOf(input.expiration_time),
    couponCode: textOf(input.coupon_code),
    offerTerms: textOf(input.offer_terms),
  };
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return textOf(value)
    .split(/[\s,[\]"]+/)
    .filter(Boolean);
}

/** The arguments of create_post for a post; what is empty is left out. */
export function toArguments(post: NewPost): Values {
  const { businessIds, platforms, images, isDraft } = post;
  const args = {
    business__in: businessIds,
    publishers: platforms,
    post_type: post.type,
    summary: post.text,
    title: post.title,
    image_url: images,
    cta_type: post.cta,
    cta_link: post.link,
    start_at: post.startAt,
    end_at: post.endAt,
    schedule_time: post.scheduledAt,
    expiration_time: post.takenDownAt,
    coupon_code: post.couponCode,
    offer_terms: post.offerTerms,
    is_draft: isDraft || '',
  };
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== '' && String(value) !== ''));
}
