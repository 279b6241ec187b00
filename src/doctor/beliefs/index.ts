import type { Belief } from '../checks/belief.ts';
import { account, errors } from './account.ts';
import { businesses } from './businesses.ts';
import { categories, groups } from './groups.ts';
import { messages } from './messages.ts';
import { posts } from './posts.ts';
import { presence } from './presence.ts';
import { profileMetrics } from './profile-metrics.ts';
import { reviewMetrics } from './review-metrics.ts';
import { reviews } from './reviews.ts';
import { templates } from './templates.ts';
import { writes } from './writes.ts';

/** Everything about Partoo that a run can check. Refusals come last: they are about what came by. */
export const BELIEFS: Belief[] = [
  ...account,
  ...businesses,
  ...groups,
  ...categories,
  ...presence,
  ...reviews,
  ...templates,
  ...messages,
  ...posts,
  ...reviewMetrics,
  ...profileMetrics,
  ...writes,
  ...errors,
];
