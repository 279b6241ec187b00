import { z } from 'zod';
import { dateTime, hexIdText } from '../../http/parameters.ts';
import { HOUR, parseUtc } from '../../model/dates.ts';
import { PUBLISHERS } from '../../model/types.ts';

/** Fields of a new post that an update may change. */
export const postFields = {
  summary: z.string().min(1, 'Must not be empty.'),
  image_url: z.array(z.url()).min(1).optional(),
  title: z.string().min(1).optional(),
  cta_type: z.enum(['book', 'order', 'shop', 'learn_more', 'sign_up', 'call', 'no_cta']).optional(),
  link: z
    .union([z.strictObject({ custom_url: z.url() }), z.strictObject({ use_business_url: z.literal(true) })], {
      error: 'Either custom_url or use_business_url: true.',
    })
    .optional(),
  start_at: dateTime.optional(),
  end_at: dateTime.optional(),
  schedule_time: dateTime.optional(),
  coupon_code: z.string().min(1).optional(),
  offer_terms: z.string().min(1).optional(),
};

const postData = z.strictObject({
  post_type: z.enum(['news', 'event', 'offer']),
  expiration_time: dateTime.optional(),
  ...postFields,
});

/** Partoo's documented rules, except who may create a draft, which depends on the caller. */
export const newPost = z
  .strictObject({
    business_search: z.strictObject({ business__in: z.array(hexIdText).min(1, 'At least one business.') }),
    publishers: z.array(z.enum(PUBLISHERS)).min(1, 'At least one publisher.'),
    data: postData,
    is_draft: z.boolean().optional(),
    send_notifications: z.boolean().optional(),
  })
  .superRefine((post, context) => {
    for (const [field, message] of problemsOf(post)) {
      context.addIssue({ code: 'custom', path: field.split('.'), message });
    }
  });

const MAX_SUMMARY = { google_my_business: 1500, facebook: 10_000, instagram: 2200 } as const;

interface PostToCheck {
  publishers: (typeof PUBLISHERS)[number][];
  data: z.output<typeof postData>;
  is_draft?: boolean;
}

function* problemsOf({
  publishers,
  data,
  is_draft,
}: PostToCheck): Generator<[field: string, message: string]> {
  const longest = Math.min(...publishers.map(publisher => MAX_SUMMARY[publisher]));
  if (data.summary.length > longest) yield ['data.summary', `At most ${longest} characters here.`];
  if (publishers.includes('instagram') && !data.image_url) {
    yield ['data.image_url', 'Instagram needs an image.'];
  }
  if (data.post_type !== 'news') {
    if (!data.start_at) yield ['data.start_at', `Required for an ${data.post_type}.`];
    if (!data.end_at) yield ['data.end_at', `Required for an ${data.post_type}.`];
    if (publishers.includes('facebook')) yield ['publishers', 'Facebook takes news only.'];
  }
  if (data.start_at && data.end_at && data.end_at <= data.start_at) {
    yield ['data.end_at', 'Ends before it starts.'];
  }
  if (data.schedule_time && parseUtc(data.schedule_time) < Date.now() + 2 * HOUR) {
    yield ['data.schedule_time', 'Must be at least two hours ahead.'];
  }
  if (is_draft && !data.expiration_time) yield ['data.expiration_time', 'Required for a draft.'];
}
