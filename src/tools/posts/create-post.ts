import * as z from 'zod';
import { defineTool } from '../define-tool.ts';
import { flag, list, localDateTime, oneOf, text, url, urls, utcDateTime } from '../fields.ts';
import * as out from '../outputs.ts';
import { checkPost } from './post-rules.ts';

const DRAFT_LASTS_DAYS = 30;

export const createPost = defineTool({
  name: 'create_post',
  title: 'Create a post',
  description:
    'Publish a post (news, event or offer) for one or more businesses on Google, Facebook and Instagram: the ' +
    'public sees it. With is_draft or schedule_time it waits. Event and offer need start_at and end_at and do ' +
    'not go to Facebook; Instagram needs an image. Answers the ids of the posts; search_posts shows when they ' +
    'are live.',
  effect: 'adds',
  input: {
    business__in: list(text(''), 'Businesses to post for: ids from search_businesses.'),
    publishers: list(
      oneOf(['google_my_business', 'facebook', 'instagram'], ''),
      'Platforms: google_my_business, facebook, instagram.',
    ),
    post_type: oneOf(['news', 'event', 'offer'], 'Kind of post.'),
    summary: text('The text: up to 1500 characters on Google, 2200 on Instagram, 10000 on Facebook.'),
    title: text('Title, of an event or offer.').optional(),
    image_url: urls('Image URL; several comma-separated.').optional(),
    cta_type: oneOf(
      ['book', 'order', 'shop', 'learn_more', 'sign_up', 'call', 'no_cta'],
      'Button.',
    ).optional(),
    cta_link: url("Where the button leads; the business's own website without it.").optional(),
    start_at: localDateTime(
      'from',
      "Start, the business's local time, such as 2050-01-01T09:00:00.",
    ).optional(),
    end_at: localDateTime('to', "End, the business's local time.").optional(),
    is_draft: flag('true: save as a draft (organization admins only).').optional(),
    schedule_time: utcDateTime('from', 'When to publish, UTC, at least 2 hours ahead.').optional(),
    expiration_time: utcDateTime(
      'to',
      `When the post ends, UTC. A draft without one gets ${DRAFT_LASTS_DAYS} days.`,
    ).optional(),
    coupon_code: text('Coupon code of an offer.').optional(),
    offer_terms: text('Terms of an offer.').optional(),
  },
  check: args => checkPost(args),
  output: z.object({
    status: out.text(),
    message: out.text(),
    posts: out.rows({ post_id: out.number(), business_id: out.text() }),
    expiration_time: out.text('UTC; set by this tool for a draft'),
    note: z.string(),
  }),
  ifUnknown:
    'Call search_posts with the businesses and words of the summary and see whether the post is there.',
  async run(args, { partoo }) {
    const expiration_time =
      args.expiration_time ?? (args.is_draft ? draftEnd(args.schedule_time) : undefined);
    const answer = (await partoo.posts.create({ ...args, expiration_time })) as Record<string, unknown>;
    return {
      ...answer,
      posts: answer.data,
      expiration_time,
      note: args.is_draft
        ? 'Saved as a draft: nothing is public until someone validates it in Partoo.'
        : 'Going live takes some minutes; search_posts shows the state on each platform.',
    };
  },
});

/** Partoo wants an end for a draft: some weeks from when it may go out, as UTC without a zone. */
function draftEnd(scheduleTime: string | undefined): string {
  const start = scheduleTime ? Date.parse(`${scheduleTime}Z`) : Date.now();
  return new Date(start + DRAFT_LASTS_DAYS * 86_400_000).toISOString().slice(0, 19);
}
