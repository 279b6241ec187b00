import { SCHEDULE_AHEAD_MS, SUMMARY_MAX } from '../../../tools/posts/post-limits.ts';
import type { Formats } from '../../kit/locale.ts';
import { parseTime } from '../rows/dates.ts';
import type { PreviewTexts } from '../texts/types.ts';
import type { NewPost } from './new-post.ts';

/** Buttons without a link. */
const WITHOUT_LINK = ['', 'call', 'no_cta'];
/** How far the business's own clock may be behind UTC. */
const BEHIND_UTC_MS = 12 * 60 * 60 * 1_000;

export const takesLink = (cta: string): boolean => !WITHOUT_LINK.includes(cta);
export const isDated = (type: string): boolean => type === 'event' || type === 'offer';

export const lengthOf = (text: string): number => [...text].length;

/** Characters that a platform accepts; undefined for one that this view does not know. */
export const maxOf = (platform: string): number | undefined => SUMMARY_MAX[platform];

/**
 * Why Partoo refuses a post on a platform. The rules are those of src/tools/posts/post-rules.ts, which the server checks in any
 * case.
 */
export function problemsOn(platform: string, post: NewPost, texts: PreviewTexts, formats: Formats): string[] {
  const { problems } = texts;
  const excess = lengthOf(post.text) - (maxOf(platform) ?? Number.POSITIVE_INFINITY);
  return [
    excess > 0 && problems.tooLong(formats.number(excess)),
    platform === 'instagram' && post.images.length === 0 && problems.needsPicture,
    platform === 'facebook' && isDated(post.type) && problems.newsOnly,
  ].filter(problem => problem !== false);
}

/** Why Partoo refuses a post on every platform. */
export function problemsOf(post: NewPost, { problems }: PreviewTexts, now = Date.now()): string[] {
  const { type, text, title, startAt, endAt, scheduledAt, takenDownAt, couponCode, offerTerms, cta, link } =
    post;
  const goesOut = scheduledAt === '' ? now : parseTime(scheduledAt);
  return [
    text.trim() === '' && problems.noText,
    post.platforms.length === 0 && problems.noPlatform,
    post.businessIds.length === 0 && problems.noShop,
    isDated(type) && startAt === '' && problems.needsStart,
    isDated(type) && endAt === '' && problems.needsEnd,
    type === 'event' && title === '' && problems.needsTitle,
    type === 'news' && (startAt !== '' || endAt !== '') && problems.datesForEvents,
    type !== 'offer' && (couponCode !== '' || offerTerms !== '') && problems.forOffers,
    link !== '' && !takesLink(cta) && problems.linkNeedsButton,
    startAt !== '' && endAt !== '' && parseTime(endAt) <= parseTime(startAt) && problems.endsBeforeStart,
    endAt !== '' && endOf(endAt) + BEHIND_UTC_MS < now && problems.hasPassed,
    scheduledAt !== '' && goesOut < now + SCHEDULE_AHEAD_MS && problems.tooSoon,
    takenDownAt !== '' && parseTime(takenDownAt) <= goesOut && problems.endsBeforeItGoesOut,
  ].filter(problem => problem !== false);
}

/** A day ends at midnight. */
const endOf = (date: string) => parseTime(date.length === 10 ? `${date}T23:59:59` : date);

export const allProblems = (post: NewPost, texts: PreviewTexts, formats: Formats): string[] => [
  ...problemsOf(post, texts),
  ...post.platforms.flatMap(platform => problemsOn(platform, post, texts, formats)),
];
