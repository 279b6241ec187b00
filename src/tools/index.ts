import { getAccount } from './account/get-account.ts';
import { getProfileKeywords } from './analytics/get-profile-keywords.ts';
import { getProfileMetrics } from './analytics/get-profile-metrics.ts';
import { checkBusinessUpdate } from './businesses/check-business-update.ts';
import { getBusiness } from './businesses/get-business.ts';
import { getCompletionStats } from './businesses/get-completion-stats.ts';
import { getPublisherStates } from './businesses/get-publisher-states.ts';
import { listGroups } from './businesses/list-groups.ts';
import { searchBusinesses } from './businesses/search-businesses.ts';
import { searchCategories } from './businesses/search-categories.ts';
import { setSpecialHours } from './businesses/set-special-hours.ts';
import { updateBusiness } from './businesses/update-business.ts';
import type { Tool } from './definition/define-tool.ts';
import { getConversation } from './messages/get-conversation.ts';
import { listConversations } from './messages/list-conversations.ts';
import { listMessageTemplates } from './messages/list-message-templates.ts';
import { listMessages } from './messages/list-messages.ts';
import { markConversationRead } from './messages/mark-conversation-read.ts';
import { sendMessage } from './messages/send-message.ts';
import { updateConversation } from './messages/update-conversation.ts';
import { createPost } from './posts/create-post.ts';
import { deletePost } from './posts/delete-post.ts';
import { searchPosts } from './posts/search-posts.ts';
import { updatePost } from './posts/update-post.ts';
import { createReviewReplyTemplate } from './reviews/create-review-reply-template.ts';
import { deleteReviewReply } from './reviews/delete-review-reply.ts';
import { deleteReviewReplyTemplate } from './reviews/delete-review-reply-template.ts';
import { getReviewMetrics } from './reviews/get-review-metrics.ts';
import { listReviewReplyTemplates } from './reviews/list-review-reply-templates.ts';
import { replyToReview } from './reviews/reply-to-review.ts';
import { searchReviews } from './reviews/search-reviews.ts';
import { suggestReviewReply } from './reviews/suggest-review-reply.ts';
import { updateReview } from './reviews/update-review.ts';
import { updateReviewReply } from './reviews/update-review-reply.ts';

/** The tools by toolset, in the order clients see them. */
export const toolsets = {
  businesses: [
    searchBusinesses,
    getBusiness,
    updateBusiness,
    setSpecialHours,
    checkBusinessUpdate,
    getPublisherStates,
    getCompletionStats,
    listGroups,
    searchCategories,
  ],
  reviews: [
    searchReviews,
    replyToReview,
    getReviewMetrics,
    createReviewReplyTemplate,
    updateReview,
    updateReviewReply,
    deleteReviewReply,
    listReviewReplyTemplates,
    deleteReviewReplyTemplate,
    suggestReviewReply,
  ],
  messages: [
    listConversations,
    listMessages,
    sendMessage,
    getConversation,
    updateConversation,
    markConversationRead,
    listMessageTemplates,
  ],
  posts: [createPost, searchPosts, updatePost, deletePost],
  analytics: [getProfileMetrics, getProfileKeywords],
  account: [getAccount],
} satisfies Record<string, readonly Tool[]>;

export type Toolset = keyof typeof toolsets;

export const TOOLSETS = Object.keys(toolsets) as Toolset[];

export const tools: readonly Tool[] = Object.values(toolsets).flat();
