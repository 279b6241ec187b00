import { ORG_1, ORG_2 } from '../model/keys.ts';
import type { Business, Conversation, Message, Post, Review, Suggestion, Template } from '../model/types.ts';
import { GROUPS, type Group, seedBusinesses } from './businesses.ts';
import { seedInbox } from './conversations.ts';
import { seedPosts } from './posts.ts';
import { plantPromptInjection, seedReviews } from './reviews.ts';
import { seedTemplates } from './templates.ts';

export interface State {
  /** When the seeded data ends. */
  nowMs: number;
  groups: readonly Group[];
  businesses: Business[];
  reviews: Review[];
  templates: Template[];
  conversations: Conversation[];
  messages: Message[];
  posts: Post[];
  suggestions: Suggestion[];
  /** Ids of created objects are far above every seeded id. */
  nextId(): number;
}

export function createState(now: Date): State {
  const nowMs = now.getTime();
  const businesses = seedBusinesses(nowMs);
  const bakeries = businesses.filter(business => business.org_id === ORG_1);
  const patisseries = businesses.filter(business => business.org_id === ORG_2);

  const reviews = seedReviews(bakeries, nowMs, 700_001, 1000);
  plantPromptInjection(reviews);
  const inbox = seedInbox(bakeries, nowMs, 30_001, 60);
  const otherInbox = seedInbox(patisseries, nowMs, 40_001, 5);

  let lastId = 9_000_000;
  return {
    nowMs,
    groups: GROUPS,
    businesses,
    reviews: [...reviews, ...seedReviews(patisseries, nowMs, 720_001, 60)],
    templates: seedTemplates(nowMs),
    suggestions: [],
    conversations: [...inbox.conversations, ...otherInbox.conversations],
    messages: [...inbox.messages, ...otherInbox.messages],
    posts: [...seedPosts(bakeries, nowMs, 8001, 80), ...seedPosts(patisseries, nowMs, 8501, 8)],
    nextId: () => ++lastId,
  };
}
