import type { Toolset } from '../../../tools/index.ts';
import { ACCOUNT } from './account.ts';
import { ANALYTICS } from './analytics.ts';
import { BUSINESSES } from './businesses.ts';
import { MESSAGES } from './messages.ts';
import { POSTS } from './posts.ts';
import type { Prompt } from './prompt.ts';
import { REVIEWS } from './reviews.ts';

export const PROMPTS: Readonly<Record<Toolset, readonly Prompt[]>> = {
  businesses: BUSINESSES,
  reviews: REVIEWS,
  messages: MESSAGES,
  posts: POSTS,
  analytics: ANALYTICS,
  account: ACCOUNT,
};
