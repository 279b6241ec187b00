import { LINKING_CTAS, type NewPost } from '../../partoo/api/posts.ts';
import type { Problem } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';

/** What Partoo documents about posts across their fields: each rule answers the problems it sees. */
type Rule = (post: Partial<NewPost>, now: number) => Problem[];

/** Characters of `summary` a platform takes. */
const SUMMARY_MAX: Record<string, number> = { google_my_business: 1_500, facebook: 10_000, instagram: 2_200 };
const SCHEDULE_AHEAD_MS = 2 * 60 * 60 * 1_000;

const summaryFitsEachPlatform: Rule = ({ publishers = [], summary = '' }) => {
  const length = [...summary].length;
  return publishers
    .filter(publisher => length > (SUMMARY_MAX[publisher] ?? Number.POSITIVE_INFINITY))
    .map(publisher => ({
      argument: 'summary',
      message: `has ${length} characters; ${publisher} takes ${SUMMARY_MAX[publisher]}`,
    }));
};

const instagramNeedsAnImage: Rule = post =>
  post.publishers?.includes('instagram') && !('image_url' in post)
    ? [{ argument: 'image_url', message: 'is needed for instagram' }]
    : [];

const facebookTakesNews: Rule = ({ publishers, post_type }) =>
  publishers?.includes('facebook') && (post_type === 'event' || post_type === 'offer')
    ? [{ argument: 'publishers', message: `facebook takes no ${post_type}; leave it out or post news` }]
    : [];

const eventsAndOffersHaveDates: Rule = post => {
  if (post.post_type !== 'event' && post.post_type !== 'offer') return [];
  return ['start_at', 'end_at']
    .filter(argument => !(argument in post))
    .map(argument => ({ argument, message: `is needed for an ${post.post_type}` }));
};

/** Google shows it as the name of the event; an offer is announced by its summary. */
const eventsHaveATitle: Rule = post =>
  post.post_type === 'event' && !('title' in post)
    ? [{ argument: 'title', message: 'is needed for an event: its name, as people will see it' }]
    : [];

/** News would be published at once, whatever its dates say. */
const newsHasNoDates: Rule = post =>
  post.post_type === 'news'
    ? ['start_at', 'end_at']
        .filter(argument => argument in post)
        .map(argument => ({
          argument,
          message: 'belongs to an event or offer; use schedule_time to publish news later',
        }))
    : [];

/** On the business's own clock, which is at most this far behind UTC. */
const CLOCKS_BEHIND_MS = 12 * 60 * 60 * 1_000;

const endsLater: Rule = ({ end_at }, now) =>
  end_at !== undefined && Date.parse(`${end_at}Z`) + CLOCKS_BEHIND_MS < now
    ? [{ argument: 'end_at', message: 'has passed' }]
    : [];

const datesInOrder: Rule = post => inOrder(post, 'start_at', 'end_at');

const offersOnly: Rule = post =>
  post.post_type === undefined || post.post_type === 'offer'
    ? []
    : ['coupon_code', 'offer_terms']
        .filter(argument => argument in post)
        .map(argument => ({ argument, message: `belongs to an offer, not to ${post.post_type}` }));

const linkNeedsAButton: Rule = post => {
  if (!('cta_link' in post) || LINKING_CTAS.includes(post.cta_type ?? '')) return [];
  const button = post.cta_type ? `${post.cta_type} uses none` : 'there is no cta_type';
  return [{ argument: 'cta_link', message: `${button}; it goes with cta_type ${LINKING_CTAS.join(', ')}` }];
};

const scheduledAhead: Rule = ({ schedule_time }, now) =>
  schedule_time !== undefined && Date.parse(`${schedule_time}Z`) < now + SCHEDULE_AHEAD_MS
    ? [{ argument: 'schedule_time', message: 'must be at least 2 hours ahead, UTC' }]
    : [];

const expiresLater: Rule = ({ schedule_time, expiration_time }, now) => {
  if (expiration_time === undefined) return [];
  const start = schedule_time ? Date.parse(`${schedule_time}Z`) : now;
  if (Date.parse(`${expiration_time}Z`) > start) return [];
  return [{ argument: 'expiration_time', message: 'must come after the post goes out, UTC' }];
};

const RULES: Rule[] = [
  summaryFitsEachPlatform,
  instagramNeedsAnImage,
  facebookTakesNews,
  eventsAndOffersHaveDates,
  eventsHaveATitle,
  newsHasNoDates,
  datesInOrder,
  endsLater,
  offersOnly,
  linkNeedsAButton,
  scheduledAhead,
  expiresLater,
];

export function checkPost(post: Partial<NewPost>, now = Date.now()): Problem[] {
  return RULES.flatMap(rule => rule(post, now));
}
