const TODAY = () => new Date().toISOString().slice(0, 10);
const monthsAgo = (months: number) => {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() - months, 1);
  return date.toISOString().slice(0, 10);
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Ids of the demo's data. */
const LYON = 'fa6845915389094280ff4ca7';
const CONVERSATION = 30001;

/** Arguments with which each tool does something worth seeing in the demo. */
const EXAMPLES: Record<string, () => object> = {
  search_businesses: () => ({ city: 'Lyon' }),
  get_business: () => ({ business_id: LYON }),
  update_business: () => ({
    business_id: LYON,
    description_short: 'Boulangerie et café au cœur de la Presqu’île',
  }),
  set_special_hours: () => {
    const day = inDays(25).slice(0, 10);
    return { business__in: LYON, close: [{ starts_at: day, ends_at: day }], dry_run: true };
  },
  check_business_update: () => ({
    business_id: LYON,
    description_short: 'Le meilleur pain !!! Appelez le 06 12 34 56 78',
  }),
  get_publisher_states: () => ({ states: 'to_configure' }),
  get_completion_stats: () => ({}),
  list_groups: () => ({}),
  search_categories: () => ({ search_query: 'bakery', lang: 'en' }),
  search_reviews: () => ({ state__in: 'not_treated', gmb_rating__in: '1,2', per_page: 5 }),
  reply_to_review: () => ({
    review_id: 700999,
    content: 'Thank you Jack! The almond pastry says hello. See you soon.',
  }),
  get_review_metrics: () => ({
    metrics: 'average_rating,reviews_count',
    dimensions: 'business',
    order_by: 'average_rating',
    per_page: 5,
  }),
  create_review_reply_template: () => ({
    language: 'en',
    title: 'Thank you, short',
    text: 'Thank you @[](client_first_name), see you soon at @[](business_name)!',
    positive: true,
    neutral: false,
    negative: false,
  }),
  update_review: () => ({ review_id: 700978, state: 'treated' }),
  update_review_reply: () => ({ comment_id: 1700961, content: 'Thank you so much Oliver. See you soon!' }),
  delete_review_reply: () => ({ comment_id: 1700961 }),
  list_review_reply_templates: () => ({ negative: true }),
  delete_review_reply_template: () => ({ template_id: 503 }),
  suggest_review_reply: () => ({ review_id: 700978 }),
  list_conversations: () => ({ per_page: 5 }),
  list_messages: () => ({ conversation_id: CONVERSATION }),
  send_message: () => ({
    conversation_id: CONVERSATION,
    content: 'C’est noté, votre bûche sera prête samedi à 10 h.',
  }),
  get_conversation: () => ({ conversation_id: CONVERSATION }),
  update_conversation: () => ({ conversation_id: CONVERSATION, status: 'closed' }),
  mark_conversation_read: () => ({ conversation_id: CONVERSATION }),
  list_message_templates: () => ({}),
  create_post: () => ({
    business__in: LYON,
    publishers: 'google_my_business',
    post_type: 'news',
    summary: 'La galette est de retour : frangipane ou pomme, à partir de samedi.',
    is_draft: true,
  }),
  search_posts: () => ({ state__in: 'live', per_page: 5 }),
  update_post: () => ({
    post_id: 8052,
    summary: 'Nous cherchons une vendeuse ou un vendeur : passez nous voir !',
  }),
  delete_post: () => ({ post_id: 8052 }),
  get_profile_metrics: () => ({
    metrics: 'call_clicks,website_clicks,business_direction_requests',
    dimensions: 'month',
    filter_date__gte: monthsAgo(6),
    filter_date__lte: TODAY(),
  }),
  get_profile_keywords: () => ({
    metrics: 'count,threshold',
    dimensions: 'keyword',
    business__in: LYON,
    filter_date__gte: monthsAgo(3),
    filter_date__lte: TODAY(),
    order_by: '-count',
    per_page: 10,
  }),
  get_account: () => ({ with_permissions: true }),
};

/** Returns the examples of these tools, with dates of today. */
export const exampleArguments = (toolNames: readonly string[]): Record<string, object> =>
  Object.fromEntries(toolNames.map(name => [name, EXAMPLES[name]?.() ?? {}]));
