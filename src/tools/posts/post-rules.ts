import { LINKING_CTAS, type NewPost } from '../../partoo/api/posts.ts';
import type { Problem } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';
import { SCHEDULE_AHEAD_MS, SUMMARY_MAX } from './post-limits.ts';

const HOUR_MS = 60 * 60 * 1_000;
/** How far the business's own clock may be behind UTC. */
const BEHIND_UTC_MS = 12 * HOUR_MS;

/** What Partoo documents about the fields of a post together. */
export function checkPost(post: Partial<NewPost>, now = Date.now()): Problem[] {
  const { publishers = [], post_type, cta_type, summary = '', is_draft, send_notifications } = post;
  const { end_at, schedule_time, expiration_time } = post;
  const problems: Problem[] = [];
  const report = (argument: string, message: string) => problems.push({ argument, message });
  const given = (...names: (keyof NewPost)[]) => names.filter(name => name in post);
  const missing = (...names: (keyof NewPost)[]) => names.filter(name => !(name in post));
  const isDated = post_type === 'event' || post_type === 'offer';

  const length = [...summary].length;
  for (const publisher of publishers) {
    const max = SUMMARY_MAX[publisher];
    if (max !== undefined && length > max)
      report('summary', `has ${length} characters; ${publisher} accepts ${max}`);
  }
  if (publishers.includes('instagram') && missing('image_url').length > 0)
    report('image_url', 'is required for instagram');
  if (publishers.includes('facebook') && isDated)
    report('publishers', `facebook does not accept ${post_type}s; leave facebook out, or use post_type news`);

  if (isDated)
    for (const name of missing('start_at', 'end_at')) report(name, `is required for an ${post_type}`);
  // Google shows it as the name of the event; an offer is announced by its summary.
  if (post_type === 'event' && missing('title').length > 0)
    report('title', 'is required for an event: its public name');
  // News would be published at once, whatever its dates.
  if (post_type === 'news')
    for (const name of given('start_at', 'end_at'))
      report(name, 'is for an event or offer; use schedule_time to publish news later');
  if (post_type !== undefined && post_type !== 'offer')
    for (const name of given('coupon_code', 'offer_terms'))
      report(name, `is for an offer, not for ${post_type}`);
  if (send_notifications === true && is_draft !== true)
    report('send_notifications', 'is for a draft; set is_draft');
  if (given('cta_link').length > 0 && !LINKING_CTAS.includes(cta_type ?? '')) {
    const button = cta_type ? `${cta_type} has no link` : 'needs a button';
    report('cta_link', `${button}; set cta_type to one of ${LINKING_CTAS.join(', ')}`);
  }

  problems.push(...inOrder(post, 'start_at', 'end_at'));
  if (end_at !== undefined && Date.parse(`${end_at}Z`) + BEHIND_UTC_MS < now) report('end_at', 'has passed');
  const start = schedule_time === undefined ? now : Date.parse(`${schedule_time}Z`);
  if (schedule_time !== undefined && start < now + SCHEDULE_AHEAD_MS)
    report(
      'schedule_time',
      `must be at least 2 hours ahead; now it is ${new Date(now).toISOString().slice(0, 16)}Z (UTC)`,
    );
  if (expiration_time !== undefined && Date.parse(`${expiration_time}Z`) <= start)
    report('expiration_time', 'must be later than the post goes out');
  return problems;
}
