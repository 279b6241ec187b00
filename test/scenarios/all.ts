import { access } from './access.ts';
import { analytics } from './analytics.ts';
import { businesses } from './businesses.ts';
import { listings } from './listings.ts';
import { messages } from './messages.ts';
import { posts } from './posts.ts';
import { replyChanges } from './reply-changes.ts';
import { reviewReplies } from './review-replies.ts';
import { reviews } from './reviews.ts';
import type { Scenario } from './scenario.ts';
import { specialHours } from './special-hours.ts';
import { trouble } from './trouble.ts';

const SCENARIOS: Scenario[] = [
  ...businesses,
  ...specialHours,
  ...listings,
  ...access,
  ...reviews,
  ...reviewReplies,
  ...replyChanges,
  ...messages,
  ...posts,
  ...analytics,
  ...trouble,
];

/** Pairs for test.each: `%s` shows the whole name, which `$name` of an object would truncate. */
export const NAMED = SCENARIOS.map(scenario => [scenario.name, scenario] as const);
