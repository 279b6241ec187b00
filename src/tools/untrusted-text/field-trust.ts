/**
 * The author of each field that Partoo documents. The kinds of outputs.ts read this table, so that
 * no text can be put in an output without a row here. What has no row is treated as `company_text`.
 *
 * - `third_party`: people outside the company wrote it. Always between delimiters.
 * - `company_line`: the company wrote it, in one short line. Without delimiters; a longer text is a `company_text`.
 * - `company_text`: a long free text of the company's. Between delimiters, unless it is one short value.
 * - `plain_url`: an address that the company or Partoo set. Without delimiters if it is a plain URL without a query.
 * - `digits`: a phone number or a time, whoever wrote it. Between delimiters if it is anything else.
 * - `partoo_value`: an id, a code, a status, a time, a number. Without delimiters; between them if it reads as a sentence.
 *
 * `each …`: a list or an object whose texts are of that kind, however deep. Any other row is for a single value: a list in
 * its place is nothing that Partoo documents, and is treated so.
 */

export type Trust = 'third_party' | 'digits' | 'company_line' | 'company_text' | 'plain_url' | 'partoo_value';

export type FieldTrust = Trust | `each ${Trust}`;

export const FIELD_TRUST = {
  // Lists
  next_cursor: 'partoo_value',

  // GET /business/search, GET /business/{id}
  'business.id': 'partoo_value',
  'business.code': 'company_line',
  'business.name': 'company_line',
  'business.status': 'partoo_value',
  'business.address': 'company_line',
  'business.address_full': 'company_line',
  'business.address2': 'company_line',
  'business.city': 'company_line',
  'business.zipcode': 'company_line',
  'business.region': 'company_line',
  'business.country': 'company_line',
  'business.org_id': 'partoo_value',
  'business.groups': 'each partoo_value',
  'business.categories': 'each partoo_value',
  'business.default_lang': 'partoo_value',
  'business.time_slot_reference': 'each partoo_value',
  'business.open_hours': 'each digits',
  'business.specific_hours': 'each digits',
  'business.description_short': 'company_text',
  'business.description_long': 'company_text',
  'business.website_url': 'plain_url',
  'business.facebook_url': 'plain_url',
  'business.twitter_url': 'plain_url',
  'business.logo_url': 'plain_url',
  'business.photos.LOGO': 'plain_url',
  'business.photos.primary': 'plain_url',
  'business.photos.secondary': 'each plain_url',
  'business.google_location_id': 'partoo_value',
  'business.facebook_page_id': 'partoo_value',
  'business.national_identification_number': 'company_line',
  'business.contacts.name': 'company_line',
  'business.contacts.email': 'company_line',
  'business.contacts.phone_numbers': 'each company_line',
  'business.contacts.fax': 'company_line',
  'business.lat': 'partoo_value',
  'business.long': 'partoo_value',
  'business.opening_date': 'partoo_value',
  'business.created': 'partoo_value',
  'business.modified': 'partoo_value',
  'business.subscriptions': 'each partoo_value',
  'business.features': 'each partoo_value',
  'business.completion_rate': 'partoo_value',
  'business.custom_fields': 'each company_text',

  // GET /reviews
  'review.id': 'partoo_value',
  'review.business_id': 'partoo_value',
  'review.partner': 'partoo_value',
  'review.state': 'partoo_value',
  'review.date': 'partoo_value',
  'review.update_date': 'partoo_value',
  'review.rating': 'partoo_value',
  'review.recommended': 'partoo_value',
  'review.excerpt': 'third_party',
  'review.author_name': 'third_party',
  'review.title': 'third_party',
  'review.content': 'third_party',
  'review.link': 'plain_url',
  'review.tags.id': 'partoo_value',
  'review.tags.label': 'company_line',
  'review.comments.id': 'partoo_value',
  // On Facebook somebody else can have written it.
  'review.comments.author_name': 'third_party',
  'review.comments.content': 'third_party',
  'review.comments.date': 'partoo_value',

  // GET /review_analytics/metrics. The name is that of a business, a group, a tag or a colleague.
  'review_metrics.dimension': 'partoo_value',
  'review_metrics.dimension_name': 'company_line',
  'review_metrics.dimension_info.address_full': 'company_line',
  'review_metrics.dimension_info.city': 'company_line',
  'review_metrics.dimension_info.zipcode': 'company_line',
  'review_metrics.dimension_info.code': 'company_line',
  'review_metrics.metrics': 'each partoo_value',

  // GET /conversations
  'conversation.id': 'partoo_value',
  'conversation.consumer_name': 'third_party',
  'conversation.consumer_phone_number': 'digits',
  'conversation.last_message.content': 'third_party',
  'conversation.last_message.sender_type': 'partoo_value',
  'conversation.last_message.date': 'partoo_value',
  'conversation.is_read': 'partoo_value',
  'conversation.is_solved': 'partoo_value',
  'conversation.is_expired': 'partoo_value',
  'conversation.status': 'partoo_value',
  'conversation.messaging_partner': 'partoo_value',
  'conversation.first_message_date': 'partoo_value',
  'conversation.assigned_user_id': 'partoo_value',
  'conversation.business.id': 'partoo_value',
  'conversation.business.name': 'company_line',
  'conversation.business.city': 'company_line',
  // Documented as a list, but not of what.
  'conversation.issues': 'each company_text',

  // GET /messages. The label names the sender: the consumer, or a colleague.
  'message.id': 'partoo_value',
  'message.date': 'partoo_value',
  'message.sender_type': 'partoo_value',
  'message.sender_label': 'third_party',
  'message.status': 'partoo_value',
  'message.content_type': 'partoo_value',
  'message.content': 'third_party',
  'message.is_deleted': 'partoo_value',

  // GET /posts
  'post.id': 'partoo_value',
  'post.business_id': 'partoo_value',
  'post.post_type': 'partoo_value',
  'post.summary': 'company_text',
  'post.schedule_time': 'partoo_value',
  'post.expiration_time': 'partoo_value',
  'post.created_at': 'partoo_value',
  'post.cta_type': 'partoo_value',
  'post.cta_link': 'plain_url',
  'post.offer_code': 'company_line',
  'post.offer_terms': 'company_text',
  'post.states': 'each partoo_value',
  'post.post_status.name': 'partoo_value',
  'post.post_status.state': 'partoo_value',
  'post.post_status.link': 'plain_url',
  'post.post_insight.name': 'partoo_value',
  'post.post_insight.view_count': 'partoo_value',
  'post.post_insight.click_count': 'partoo_value',
  'post.post_medias': 'each plain_url',

  // GET /presence_analytics/metrics
  'profile_metrics.business': 'partoo_value',
  'profile_metrics.business_id': 'partoo_value',
  'profile_metrics.date': 'partoo_value',
  'profile_metrics.bucket': 'partoo_value',
  'profile_metrics.business_impressions_desktop_maps': 'partoo_value',
  'profile_metrics.business_impressions_desktop_search': 'partoo_value',
  'profile_metrics.business_impressions_mobile_maps': 'partoo_value',
  'profile_metrics.business_impressions_mobile_search': 'partoo_value',
  'profile_metrics.business_direction_requests': 'partoo_value',
  'profile_metrics.call_clicks': 'partoo_value',
  'profile_metrics.website_clicks': 'partoo_value',

  // GET /presence_analytics/keywords
  'profile_keywords.keyword': 'third_party',
  'profile_keywords.business': 'partoo_value',
  'profile_keywords.business_id': 'partoo_value',
  'profile_keywords.date': 'partoo_value',
  'profile_keywords.bucket': 'partoo_value',
  'profile_keywords.count': 'partoo_value',
  'profile_keywords.threshold': 'partoo_value',
  'profile_keywords.branded': 'partoo_value',

  // Writes. The id of a business can be given as its store code. Messages are Partoo's sentences, and may quote anything.
  'written.id': 'company_line',
  'written.status': 'partoo_value',
  'written.message': 'company_text',
  'written.ids': 'partoo_value',
  'written.posts.business_id': 'partoo_value',
} as const satisfies Record<string, FieldTrust>;

type Field = keyof typeof FIELD_TRUST;
/** The fields that are one value each. */
export type ValueField = {
  [Name in Field]: (typeof FIELD_TRUST)[Name] extends Trust ? Name : never;
}[Field];
/** The fields that are lists or objects. */
export type NestedField = Exclude<Field, ValueField>;

/** The trust of a field by its path in an answer, without the places in lists, such as `business.contacts.name`. */
export const trustOf = (path: string): FieldTrust | undefined =>
  Object.hasOwn(FIELD_TRUST, path) ? FIELD_TRUST[path as Field] : undefined;

/** The trusts of an object's fields by their names in it, such as `zipcode` of `business`. */
export const trustsIn = (object: string): ReadonlyMap<string, FieldTrust> =>
  new Map(
    Object.entries(FIELD_TRUST)
      .filter(([path]) => objectOf(path) === object)
      .map(([path, trust]) => [path.slice(object.length + 1), trust]),
  );

const objectOf = (path: string) => path.replace(/\.[^.]*$/, '');

const OBJECTS: ReadonlySet<string> = new Set(Object.keys(FIELD_TRUST).map(objectOf));

/** Whether a path is that of an object whose fields have rows of their own. */
export const hasFields = (path: string) => OBJECTS.has(path);

/** Names in what has one row: in hours, in subscriptions, in the metrics of reviews. */
const INNER_NAMES =
  'monday tuesday wednesday thursday friday saturday sunday open close starts_at ends_at open_hours active ' +
  'presence_management review_management review_booster messages media_url average_rating rating_distribution ' +
  'average_rating_distribution reviews_count reply_time fast slow not_replied total reply_means rank';

/** The names that Partoo documents. */
export const DOCUMENTED_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(FIELD_TRUST).flatMap(field => field.split('.')),
  ...INNER_NAMES.split(' '),
]);
