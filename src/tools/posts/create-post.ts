import * as z from 'zod';
import { idsIn, type NewPost, newPost } from '../../partoo/api/posts.ts';
import { objectsIn } from '../../partoo/responses/confirmation.ts';
import { comparable } from '../definition/comparable-text.ts';
import { defineTool } from '../definition/define-tool.ts';
import { flag, listOf, localDateTime, oneOf, text, url, zonedDateTime } from '../fields/index.ts';
import { businessIds, PLATFORM_ALIASES, POST_TYPE_ALIASES } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { findPosts } from './find-posts.ts';
import { contentFields, offerFields } from './post-fields.ts';
import { checkPost } from './post-rules.ts';

const DRAFT_LASTS_DAYS = 30;

const SEEN = "Partoo's response was lost; a check found the posts. search_posts shows their state.";
const SAVED = 'Saved as a draft: not public until someone validates it in Partoo.';
const scheduledFor = (utc: string) => `Scheduled for ${utc}Z (UTC); not public before then.`;
const GOING_LIVE = 'Going live takes a few minutes; search_posts shows the state on each platform.';

export const createPost = defineTool({
  name: 'create_post',
  title: 'Create a post',
  description:
    'Publish a post for businesses on Google, Facebook and Instagram: public at once, unless is_draft or ' +
    'schedule_time delays it. Events and offers need start_at and end_at and cannot go to Facebook; Instagram ' +
    'needs an image. Returns the ids of the posts; search_posts shows when they are live.',
  effect: 'adds',
  uiResource: 'posts',
  consequence: 'publishes a post',
  input: {
    business__in: businessIds('Business ids'),
    publishers: listOf(['google_my_business', 'facebook', 'instagram'], 'Platforms', {
      aliases: PLATFORM_ALIASES,
    }),
    post_type: oneOf(['news', 'event', 'offer'], 'Kind of post.', { aliases: POST_TYPE_ALIASES }),
    summary: text('Text, up to 1500 characters on Google, 2200 on Instagram, 10000 on Facebook.'),
    ...contentFields,
    cta_link: url("URL of the button. Default: the business's website.").optional(),
    start_at: localDateTime(
      'from',
      "The business's local time, such as 2050-01-01T09:00; a day means its start.",
    ).optional(),
    end_at: localDateTime('to', 'Like start_at; a day means its end.').optional(),
    is_draft: flag(
      'Save as a draft, until somebody validates it in Partoo; organization admins only.',
    ).optional(),
    send_notifications: flag('Mail a draft to the managers who see it.').optional(),
    schedule_time: zonedDateTime('from', 'With zone (Z for UTC), at least 2 hours ahead.').optional(),
    expiration_time: zonedDateTime(
      'to',
      `When the post is taken down, even if live; with zone. Default for a draft: ${DRAFT_LASTS_DAYS} days.`,
    ).optional(),
    ...offerFields,
  },
  check: args => checkPost(args),
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message', "Partoo's message, unless a plain success"),
    ids: out.text('written.ids', 'Ids of the posts, if Partoo does not say which business each is for'),
    posts: out.rows({ post_id: out.id(), business_id: out.text('written.posts.business_id') }),
    expiration_time: out.time('Set by this tool for a draft'),
    note: z.string(),
  }),
  recoveryHint:
    'Call search_posts with the businesses and words of the summary to check whether the post is there.',
  withDefaults: (args, now) => ({
    ...args,
    expiration_time: args.expiration_time ?? (args.is_draft ? draftEnd(args, now) : undefined),
  }),
  request: newPost,
  result({ status, message, ids, data }, { is_draft, schedule_time, expiration_time }) {
    const posts = objectsIn(data);
    return {
      status,
      // Partoo's sentence about a success would contradict the note about a draft.
      message: posts.length > 0 ? undefined : message,
      posts,
      ids: posts.length > 0 ? undefined : ids,
      expiration_time,
      note: is_draft ? SAVED : schedule_time ? scheduledFor(schedule_time) : GOING_LIVE,
    };
  },
  verification: {
    scope: ({ summary }) => comparable(summary),
    createdIds: ({ posts, ids }) => [...objectsIn(posts).map(({ post_id }) => post_id), ...idsIn(ids)],
    async find(args, { partoo, ...context }) {
      const { business__in, summary } = args;
      const { rows, maxPage = 1 } = await partoo.posts.search({ business__in, summary, per_page: 100 });
      // Another page may have another post that fits.
      const posts = maxPage > 1 ? undefined : findPosts(rows, args, context);
      return posts && { status: 'success', posts, note: SEEN };
    },
  },
});

const DAY_MS = 86_400_000;
/** The last second of a year with four digits. */
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Partoo requires an end for a draft: some weeks after it may go out, and after the event it announces. */
function draftEnd({ schedule_time, end_at }: Pick<NewPost, 'schedule_time' | 'end_at'>, now: Date): string {
  const start = schedule_time ? Date.parse(`${schedule_time}Z`) : now.getTime();
  // The event ends on the business's clock, which is less than a day from UTC.
  const afterEvent = end_at ? Date.parse(`${end_at}Z`) + DAY_MS : 0;
  const end = Math.max(start + DRAFT_LASTS_DAYS * DAY_MS, afterEvent);
  return new Date(Math.min(end, LAST_SECOND)).toISOString().slice(0, 19);
}
