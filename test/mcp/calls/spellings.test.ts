import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tools } from '../../../src/tools/index.ts';
import { connectV1, connectV2, type TestClient } from '../../support/clients.ts';
import * as spell from '../../support/spellings.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

type Arguments = Record<string, spell.Spelled>;

const HEX = 'c4be7993f4425413233d77d3';
const businesses = { business__in: spell.ids(HEX, '0123456789abcdef01234567') };
const pages = { page: spell.integer(2), per_page: spell.integer(10) };
const updated = {
  update_date__gte: spell.utcTime('2026-01-05T10:00:00'),
  update_date__lte: spell.utcTime('2026-05-31T14:30:05'),
};
const filtered = { filter_date__gte: spell.day('2026-01-05'), filter_date__lte: spell.day('2026-05-31') };
const shown = { detail: spell.word('full') };
const key = { idempotency_key: spell.freeText('a key') };
const open = ['10:00-14:00', '18:00-00:00'];
const OPEN_HOURS = {
  monday: open,
  tuesday: [],
  wednesday: open,
  thursday: [],
  friday: [],
  saturday: [],
  sunday: [],
};
const day = { starts_at: '2040-12-24', ends_at: '2040-12-24' };
const holidays = { starts_at: '2040-12-25', ends_at: '2040-12-26' };

/** Every field of a business. */
const FIELDS = {
  name: spell.freeText('Boulangerie "Chez nous"'),
  code: spell.freeText(''),
  groups: spell.numbers(1, 22),
  categories: spell.caselessIds('gcid:bakery', 'gcid:cafe'),
  national_identification_number: spell.freeText('552 100 554'),
  status: spell.word('temporarily_closed', 'closed_temporarily'),
  opening_date: spell.day('2026-10-07'),
  address_full: spell.freeText('1, rue de la Paix'),
  address2: spell.freeText(''),
  city: spell.freeText('Lyon'),
  zipcode: spell.freeText('69002'),
  region: spell.freeText('Rhône'),
  country: spell.freeText('fr'),
  lat: spell.decimal(45.75),
  long: spell.decimal(-4.85),
  website_url: spell.freeText('https://example.com/a,b'),
  facebook_url: spell.freeText(''),
  twitter_url: spell.freeText('https://example.com'),
  description_short: spell.freeText('[Bread], and "more"'),
  description_long: spell.freeText('none'),
  open_hours: spell.object(OPEN_HOURS),
  specific_hours: spell.object({ open: [{ ...day, open_hours: open }], close: [holidays] }),
  contacts: spell.objects({ name: 'Desk', phone_numbers: ['+33302060628'] }),
  photos: spell.object({ primary: 'https://example.com/a.jpg', secondary: ['https://example.com/b.jpg'] }),
};

/** Of three ratings a call may give one, here that on Google. */
const OTHER_RATINGS = ['tripadvisor_rating__in', 'recommended__in'];

/** Every argument of every tool, at once. */
const CALLS: Record<string, Arguments> = {
  search_businesses: {
    query: spell.freeText('rue de Lyon'),
    name: spell.freeText("L'accueil"),
    city: spell.freeText('None'),
    zipcode: spell.freeText('69002'),
    country: spell.freeText('FR'),
    status: spell.words('open', 'temporarily_closed'),
    code: spell.freeText('PAR/01'),
    org_id: spell.numericId(7),
    order_by: spell.order('-name'),
    ...pages,
    ...shown,
    fields: spell.words('name', 'open_hours'),
  },
  get_business: { business_id: spell.storeCode('c-PAR/04'), fields: spell.words('name', 'open_hours') },
  update_business: {
    business_id: spell.storeCode('c-LYO/01'),
    ...FIELDS,
    ...key,
  },
  search_reviews: {
    partner__in: spell.words('google_my_business', 'facebook'),
    business__notin: spell.ids(HEX),
    gmb_rating__in: spell.words('4', '5'),
    count_by: spell.word('rating'),
    state__in: spell.words('not_treated', 'deleted'),
    keywords: spell.texts('cold', 'good service'),
    content__isnull: spell.flag(true),
    tags__isnull: spell.flag(false),
    order_by: spell.order('-update_date'),
    ...shown,
    fields: spell.words('content', 'rating'),
    ...businesses,
    ...updated,
    ...pages,
  },
  reply_to_review: {
    review_id: spell.numericId('9007199254740993'),
    content: spell.freeText('"Merci", [vous]; none'),
    reply_suggestion_id: spell.numericId(7),
    reply_suggestion_modified: spell.flag(false),
    ...key,
  },
  get_review_metrics: {
    metrics: spell.words('average_rating', 'rank'),
    dimensions: spell.plainWords('week', 'business'),
    order_by: spell.order('-average_rating'),
    business__notin: spell.ids(HEX),
    groups: spell.numbers(1, 2),
    tags: spell.numbers(3),
    ...businesses,
    ...updated,
    ...pages,
  },
  create_review_reply_template: {
    language: spell.word('pt-br', 'pt_BR'),
    title: spell.freeText('Thanks'),
    text: spell.freeText('Thank you @[](client_first_name)'),
    positive: spell.flag(true),
    neutral: spell.flag(false),
    negative: spell.flag(false),
    ...key,
  },
  list_conversations: { ...businesses, per_page: spell.integer(5), cursor: spell.freeText('abc') },
  list_messages: {
    conversation_id: spell.numericId('18014398509481985'),
    per_page: spell.integer(5),
    cursor: spell.freeText('abc'),
  },
  send_message: {
    conversation_id: spell.numericId('18014398509481985'),
    content: spell.freeText('See you, tomorrow'),
    ...key,
  },
  get_conversation: { conversation_id: spell.numericId('18014398509481985') },
  update_conversation: {
    conversation_id: spell.numericId('18014398509481985'),
    status: spell.word('closed', 'solved'),
    assigned_user_id: spell.freeText(HEX),
    ...key,
  },
  mark_conversation_read: { conversation_id: spell.numericId('18014398509481985'), ...key },
  list_message_templates: pages,
  create_post: {
    publishers: spell.words('google_my_business', 'instagram'),
    post_type: spell.word('offer'),
    summary: spell.freeText('10 % off'),
    title: spell.freeText('Offer'),
    image_url: spell.urls('https://example.com/a,b.jpg', 'https://example.com/c.jpg'),
    cta_type: spell.word('learn_more'),
    cta_link: spell.url('https://example.com/?a=1,2'),
    start_at: spell.localTime('2050-01-01T09:00:00'),
    end_at: spell.localTime('2050-01-09T09:30:00'),
    is_draft: spell.flag(true),
    send_notifications: spell.flag(true),
    schedule_time: spell.zonedTime('2049-12-05T10:00:00'),
    expiration_time: spell.zonedTime('2050-02-01T10:00:00'),
    coupon_code: spell.freeText('TEN'),
    offer_terms: spell.freeText('Once; no more'),
    ...businesses,
    ...key,
  },
  search_posts: {
    ...shown,
    fields: spell.words('post_status', 'summary'),
    summary: spell.freeText('open day'),
    state__in: spell.words('to_configure', 'live'),
    topic_type: spell.word('news', 'standard'),
    start_datetime: spell.utcTime('2026-01-05T10:00:00'),
    end_datetime: spell.utcTime('2026-05-31T14:30:05'),
    ...businesses,
    ...pages,
  },
  update_post: {
    post_id: spell.numericId('18014398509481985'),
    summary: spell.freeText('10 % off'),
    title: spell.freeText('Offer'),
    image_url: spell.urls('https://example.com/a,b.jpg', 'https://example.com/c.jpg'),
    cta_type: spell.word('learn_more'),
    cta_link: spell.url('https://example.com/?a=1,2'),
    schedule_time: spell.zonedTime('2049-12-05T10:00:00'),
    start_at: spell.localTime('2050-01-01T09:00:00'),
    end_at: spell.localTime('2050-01-09T09:30:00'),
    coupon_code: spell.freeText('TEN'),
    offer_terms: spell.freeText('Once; no more'),
    ...key,
  },
  delete_post: { post_id: spell.numericId('18014398509481985'), ...key },
  get_profile_metrics: {
    metrics: spell.words('call_clicks', 'website_clicks'),
    dimensions: spell.plainWords('business', 'month'),
    query: spell.freeText('Lyon'),
    city: spell.freeText('Lyon'),
    order_by: spell.order('-call_clicks'),
    ...businesses,
    ...filtered,
    ...pages,
  },
  get_profile_keywords: {
    metrics: spell.words('count', 'threshold'),
    dimensions: spell.plainWords('business', 'branded'),
    branded: spell.flag(true),
    order_by: spell.order('count'),
    ...businesses,
    ...filtered,
    ...pages,
  },
  update_review: { review_id: spell.numericId(7), state: spell.word('not_treated'), ...key },
  update_review_reply: { comment_id: spell.numericId(7), content: spell.freeText('Merci, vraiment'), ...key },
  delete_review_reply: { comment_id: spell.numericId(7), ...key },
  list_review_reply_templates: {
    positive: spell.flag(true),
    neutral: spell.flag(false),
    negative: spell.flag(false),
    language__in: spell.texts('fr', 'it'),
    title_query: spell.freeText('merci'),
    text_query: spell.freeText('bonjour'),
    page: spell.integer(2),
  },
  delete_review_reply_template: { template_id: spell.numericId(7), ...key },
  suggest_review_reply: { review_id: spell.numericId(7), index: spell.integer(1) },
  check_business_update: {
    business_id: spell.storeCode('c-LYO/01'),
    ...FIELDS,
  },
  get_publisher_states: {
    business__in: spell.ids(HEX),
    publishers: spell.words('facebook', 'google_my_business'),
    states: spell.words('success', 'to_configure'),
    ...pages,
  },
  get_completion_stats: {
    business__in: spell.ids(HEX),
    query: spell.freeText('rue de Lyon'),
    city: spell.freeText('None'),
    country: spell.freeText('FR'),
    status: spell.words('open', 'temporarily_closed'),
  },
  list_groups: { group_name_query: spell.freeText('nord'), page: spell.integer(2) },
  search_categories: {
    search_query: spell.freeText('shop'),
    country: spell.freeText('FR'),
    lang: spell.freeText('fr'),
    state: spell.word('DEPRECATED'),
    ...pages,
  },
  set_special_hours: {
    business__in: spell.ids(HEX),
    open: spell.objects({ starts_at: '2040-12-24', ends_at: '2040-12-24', open_hours: open }),
    close: spell.objects({ starts_at: '2040-12-25', ends_at: '2040-12-26' }),
    dry_run: spell.flag(true),
  },
  get_account: { with_permissions: spell.flag(true) },
};

/** Arguments that exclude each other, tried one by one. */
const ALTERNATIVES: Record<string, string[]> = { update_conversation: ['status', 'assigned_user_id'] };

/** Other ways in which models and clients spell arguments. */
const inEnvelope = (args: Record<string, unknown>) =>
  fc.constantFrom(args, args, { arguments: args }, { params: JSON.stringify(args) }, { input: args });

const withMarks = (args: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' && value !== '' ? `<482917>${value}</482917>` : value,
    ]),
  );

const oddly = (args: Arguments) =>
  fc
    .tuple(
      fc.record(Object.fromEntries(Object.entries(args).map(([name, { odd }]) => [name, odd]))),
      fc.boolean(),
    )
    .chain(([odd, marked]) => inEnvelope(marked ? withMarks(odd) : odd));

describe.each([
  { client: 'the v2 SDK', connect: connectV2 },
  { client: 'the v1 SDK', connect: connectV1 },
])('in any spelling, through $client', ({ connect }) => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    // Each spelling must reach Partoo, not what is remembered of the last.
    pair = await startPair(
      { WRITE_MEMORY_SECONDS: '0', RATE_LIMIT_PER_MINUTE: '100000' },
      { rateLimitPerMinute: 100_000 },
    );
    client = await connect(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  });
  afterAll(async () => {
    await client.close();
    await pair.close();
  });

  test.each(tools)('the arguments of $name reach Partoo alike', async ({ name, input }) => {
    const args = CALLS[name] ?? {};
    const expected = Object.keys(input).filter(argument => !OTHER_RATINGS.includes(argument));
    expect(Object.keys(args).toSorted(), 'every argument is tried').toEqual(expected.toSorted());
    const received = async (given: Record<string, unknown>) => {
      pair.received();
      const { text } = await client.call(name, given);
      const requests = pair.received().map(({ method, url, body }) => ({ method, url, body }));
      expect(requests.length, text).toBeGreaterThan(0);
      // Some are sent at once.
      return requests.toSorted((a, b) => (a.url < b.url ? -1 : 1));
    };
    const alternatives = ALTERNATIVES[name] ?? [''];
    for (const chosen of alternatives) {
      const tried = Object.entries(args).filter(([name]) => name === chosen || !alternatives.includes(name));
      const plain = await received(Object.fromEntries(tried.map(([name, { plain }]) => [name, plain])));
      const same = fc.asyncProperty(oddly(Object.fromEntries(tried)), async odd => {
        expect(await received(odd)).toEqual(plain);
      });
      await fc.assert(same, { numRuns: 8 });
    }
  });
});
