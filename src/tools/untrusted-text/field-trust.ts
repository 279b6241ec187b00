/**
 * The author of each field that Partoo documents, which decides whether its text needs delimiters. Any other field is
 * treated as `company_text`.
 *
 * - `third_party`: written by people outside the company. Always delimited.
 * - `company_line`: one short line by the company. Plain; a longer text is treated as `company_text`.
 * - `company_text`: a long free text by the company. Delimited unless it is one short value.
 * - `plain_url`: a URL that the company or Partoo set. Plain if it has no query.
 * - `digits`: a phone number or a time, of any author. Anything else is delimited.
 * - `partoo_value`: an id, code, status, time or number. Plain unless it reads as a sentence.
 *
 * `each …`: a list or an object whose texts have that trust, at any depth. Without `each` the field is a single value, and a
 * list in its place is undocumented.
 */
export type Trust = 'third_party' | 'digits' | 'company_line' | 'company_text' | 'plain_url' | 'partoo_value';

export type FieldTrust = Trust | `each ${Trust}`;

const TABLE: Record<string, Partial<Record<FieldTrust, string>>> = {
  page: { partoo_value: 'next_cursor' },

  // GET /business/search, GET /business/{id}
  business: {
    company_text: 'description_short description_long',
    'each company_text': 'custom_fields',
    company_line:
      'code name address address_full address2 city zipcode region country national_identification_number ' +
      'contacts.name contacts.email contacts.fax',
    'each company_line': 'contacts.phone_numbers',
    plain_url: 'website_url facebook_url twitter_url logo_url photos.LOGO photos.primary',
    'each plain_url': 'photos.secondary',
    'each digits': 'open_hours specific_hours',
    partoo_value:
      'id status org_id default_lang google_location_id facebook_page_id lat long opening_date created modified ' +
      'completion_rate',
    'each partoo_value': 'groups categories time_slot_reference subscriptions features',
  },

  // GET /reviews. On Facebook, anyone can write a comment. `excerpt` is made of the author, title and content.
  review: {
    third_party: 'author_name title content excerpt comments.author_name comments.content',
    company_line: 'tags.label business.code business.name counts.business.code counts.business.name',
    plain_url: 'link',
    partoo_value:
      'id business_id partner state date update_date rating recommended tags.id comments.id comments.date ' +
      'counts.partner counts.state counts.business_id',
  },

  // GET /review_analytics/metrics. The name is that of a business, a group, a tag or a colleague.
  review_metrics: {
    company_line:
      'dimension_name dimension_info.address_full dimension_info.city dimension_info.zipcode dimension_info.code',
    partoo_value: 'dimension',
    'each partoo_value': 'metrics',
  },

  // GET /conversations. Partoo documents `issues` as a list, but not its items.
  conversation: {
    third_party: 'consumer_name last_message.content',
    digits: 'consumer_phone_number',
    'each company_text': 'issues',
    company_line: 'business.code business.name business.city',
    partoo_value:
      'id last_message.sender_type last_message.date is_read is_solved is_expired status messaging_partner ' +
      'first_message_date assigned_user_id business.id',
  },

  // GET /messages. The label names the sender: the consumer, or a colleague.
  message: {
    third_party: 'sender_label content',
    partoo_value: 'id date sender_type status content_type is_deleted',
  },

  // GET /messaging/templates
  message_template: {
    company_text: 'text',
    company_line: 'title',
    partoo_value: 'id usage_count updated_at',
    'each partoo_value': 'placeholders',
  },

  // GET /posts
  post: {
    company_text: 'summary offer_terms',
    company_line: 'offer_code business.code business.name',
    plain_url: 'cta_link post_status.link',
    'each plain_url': 'post_medias',
    partoo_value:
      'id business_id post_type schedule_time expiration_time created_at cta_type post_status.name post_status.state ' +
      'post_insight.name post_insight.view_count post_insight.click_count',
    'each partoo_value': 'states',
  },

  // GET /presence_analytics/metrics
  profile_metrics: {
    company_line: 'business.code business.name',
    partoo_value:
      'business_id date bucket business_impressions_desktop_maps business_impressions_desktop_search ' +
      'business_impressions_mobile_maps business_impressions_mobile_search business_direction_requests call_clicks ' +
      'website_clicks',
  },

  // GET /presence_analytics/keywords
  profile_keywords: {
    company_line: 'business.code business.name',
    third_party: 'keyword',
    partoo_value: 'business_id date bucket count threshold branded',
  },

  // set_special_hours. A reason may be in Partoo's words.
  special_hours: {
    company_line: 'businesses.business.code businesses.business.name',
    company_text: 'businesses.reason',
    partoo_value: 'businesses.business_id businesses.result businesses.error',
    'each digits': 'businesses.before businesses.after',
  },

  // GET /reviews/templates/search and /reviews/fetch-suggestion. A suggestion may quote the review.
  reply_template: {
    company_text: 'text',
    company_line: 'title',
    'each company_line': 'placeholders',
    partoo_value: 'id language positive neutral negative update_date',
  },
  reply_suggestion: { third_party: 'content', partoo_value: 'id review_id index' },

  // GET /sections, /categories, /publisher_states. POST /diffusion_errors, whose fields are undocumented.
  section: { company_line: 'name groups.name', partoo_value: 'id groups.id' },
  category: { company_line: 'name', partoo_value: 'gmb_id state' },
  publisher_state: {
    company_line: 'business_name',
    plain_url: 'publishers.url_on_publisher',
    partoo_value: 'business_id publishers.name publishers.state publishers.error_type',
  },
  publisher_errors: { 'each company_text': 'errors' },

  // GET /user/me and GET /org/{id}
  account: {
    company_line: 'user.first_name user.last_name user.email organization.name organization.alias',
    partoo_value: 'user.id user.role user.has_restricted_permissions organization.id organization.type',
    'each partoo_value': 'permissions role_may',
  },

  // Writes. A business can be named by its store code. Messages are Partoo's sentences, and may quote anything.
  written: {
    company_text: 'message',
    company_line: 'id',
    partoo_value: 'status ids posts.business_id',
  },
};

const ROWS = Object.entries(TABLE).flatMap(([object, fields]) =>
  Object.entries(fields).flatMap(([trust, names]) =>
    names.split(' ').map(name => ({ path: `${object}.${name}`, trust: trust as FieldTrust })),
  ),
);

const TRUSTS: ReadonlyMap<string, FieldTrust> = new Map(ROWS.map(({ path, trust }) => [path, trust]));

/** The trust of a field by its path, without list indexes: `business.contacts.name`. */
export const trustOf = (path: string): FieldTrust | undefined => TRUSTS.get(path);

/** Throws unless the table has the field as a single value: every text of an output must have a row. */
export function valueTrust(path: string): Trust {
  const trust = trustOf(path);
  if (trust === undefined || trust.startsWith('each '))
    throw new Error(`${path} is not a value in field-trust.ts`);
  return trust as Trust;
}

/** Throws unless the table has the field as a list or an object. */
export function nestedTrust(path: string): FieldTrust {
  const trust = trustOf(path);
  if (!trust?.startsWith('each ')) throw new Error(`${path} is not a list or object in field-trust.ts`);
  return trust;
}

const objectOf = (path: string) => path.replace(/\.[^.]*$/, '');

/** The trusts of an object's own fields by their names: `zipcode` of `business`. */
export const trustsIn = (object: string): ReadonlyMap<string, FieldTrust> =>
  new Map(
    ROWS.filter(({ path }) => objectOf(path) === object).map(({ path, trust }) => [
      path.slice(object.length + 1),
      trust,
    ]),
  );

const OBJECTS: ReadonlySet<string> = new Set(ROWS.map(({ path }) => objectOf(path)));

/** Whether the table has rows for the fields of the object at a path. */
export const hasFields = (path: string) => OBJECTS.has(path);

/** Names inside the values of a row: in hours, in subscriptions, in the metrics of reviews, in errors by publisher. */
const INNER_NAMES =
  'monday tuesday wednesday thursday friday saturday sunday open close starts_at ends_at open_hours active ' +
  'presence_management review_management review_booster messages media_url average_rating rating_distribution ' +
  'average_rating_distribution reviews_count reply_time fast slow not_replied total reply_means rank ' +
  'google_my_business facebook';

/** The names that Partoo documents. */
export const DOCUMENTED_NAMES: ReadonlySet<string> = new Set([
  ...ROWS.flatMap(({ path }) => path.split('.')),
  ...INNER_NAMES.split(' '),
]);
