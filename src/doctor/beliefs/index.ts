import type { Belief } from '../checks/belief.ts';
import { account, errors } from './account.ts';
import { analytics } from './analytics.ts';
import { businesses } from './businesses.ts';
import { messages } from './messages.ts';
import { posts } from './posts.ts';
import { reviews } from './reviews.ts';
import { writes } from './writes.ts';

/** Everything about Partoo that a run can check. Refusals come last: they are about what came by. */
export const BELIEFS: Belief[] = [
  ...account,
  ...businesses,
  ...reviews,
  ...messages,
  ...posts,
  ...analytics,
  ...writes,
  ...errors,
];
