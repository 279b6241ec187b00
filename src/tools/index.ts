import { getProfileKeywords } from './analytics/get-profile-keywords.ts';
import { getProfileMetrics } from './analytics/get-profile-metrics.ts';
import { getBusiness } from './businesses/get-business.ts';
import { searchBusinesses } from './businesses/search-businesses.ts';
import { updateBusiness } from './businesses/update-business.ts';
import type { Tool } from './define-tool.ts';
import { listConversations } from './messages/list-conversations.ts';
import { listMessages } from './messages/list-messages.ts';
import { sendMessage } from './messages/send-message.ts';
import { createPost } from './posts/create-post.ts';
import { searchPosts } from './posts/search-posts.ts';
import { createReviewReplyTemplate } from './reviews/create-review-reply-template.ts';
import { getReviewMetrics } from './reviews/get-review-metrics.ts';
import { replyToReview } from './reviews/reply-to-review.ts';
import { searchReviews } from './reviews/search-reviews.ts';

/** What this server offers, in the order clients see it. */
export const tools: readonly Tool[] = [
  searchBusinesses,
  getBusiness,
  updateBusiness,
  searchReviews,
  replyToReview,
  getReviewMetrics,
  createReviewReplyTemplate,
  listConversations,
  listMessages,
  sendMessage,
  createPost,
  searchPosts,
  getProfileMetrics,
  getProfileKeywords,
];
