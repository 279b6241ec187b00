/**
 * Arguments with which the emulated Partoo carries every tool out, by name; `text` stands where a person would write,
 * and the review is one without a reply.
 */
export const everyTool = (text: string, reviewId: number): Record<string, Record<string, unknown>> => ({
  search_businesses: { per_page: 2 },
  get_business: { business_id: 'c-PAR/01' },
  update_business: { business_id: 'c-PAR/01', description_long: text },
  search_reviews: { per_page: 2, detail: 'full' },
  get_review_metrics: { metrics: 'reviews_count', dimensions: 'business' },
  reply_to_review: { review_id: reviewId, content: text },
  create_review_reply_template: {
    language: 'fr',
    title: text,
    text,
    positive: true,
    neutral: true,
    negative: true,
  },
  list_conversations: { per_page: 2 },
  list_messages: { conversation_id: 30001 },
  send_message: { conversation_id: 30001, content: text },
  get_conversation: { conversation_id: 30001 },
  update_conversation: { conversation_id: 30001, status: 'closed' },
  mark_conversation_read: { conversation_id: 30001 },
  list_message_templates: { per_page: 2 },
  search_posts: { per_page: 2, summary: text },
  create_post: {
    business__in: 'c4be7993f4425413233d77d3',
    publishers: 'facebook',
    post_type: 'news',
    summary: text,
  },
  update_post: { post_id: 8004, summary: text },
  delete_post: { post_id: 8000 + (reviewId % 80) + 1 },
  get_profile_metrics: { metrics: 'call_clicks', dimensions: 'business' },
  get_profile_keywords: { metrics: 'count', dimensions: 'month' },
  set_special_hours: {
    business__in: 'c4be7993f4425413233d77d3',
    close: [{ starts_at: '2040-12-25', ends_at: '2040-12-25' }],
  },
  get_account: { with_permissions: true },
});
