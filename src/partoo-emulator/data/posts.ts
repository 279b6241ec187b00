import { DAY, HOUR, isoSeconds } from '../model/dates.ts';
import { createRandom, type Random, seedOf } from '../model/seeded-random.ts';
import { type Business, POST_STATES, type Post, type PostState, type Publisher } from '../model/types.ts';
import { POST_TEXTS } from './texts/post-texts.ts';

const LANGUAGES = { FR: 'fr', ES: 'es', GB: 'en' } as const;

/** Every state in turn, `live` twice as often: post `first` is live, `first` + 1 to configure, and so on. */
const STATES: readonly PostState[] = [...POST_STATES, 'live'];

export function seedPosts(businesses: Business[], nowMs: number, first: number, count: number): Post[] {
  const random = createRandom(seedOf('posts', first));
  const open = businesses.filter(business => business.status === 'open');
  return Array.from({ length: count }, (_, index) => {
    const state = STATES[index % STATES.length] ?? 'live';
    return post(first + index, random.pick(open), state, nowMs, random);
  });
}

export const businessInfo = ({ id, name, address_full, city, zipcode }: Business) => ({
  id,
  name,
  address_full,
  city,
  zipcode,
});

function post(id: number, business: Business, state: PostState, nowMs: number, random: Random): Post {
  const type = random.pick(['news', 'news', 'news', 'event', 'offer', 'alert'] as const);
  const summary = random.pick(POST_TEXTS[LANGUAGES[business.country as keyof typeof LANGUAGES]][type]);
  const createdMs = nowMs - ageOf(state, random);
  const scheduledMs = state === 'scheduled' ? nowMs + random.int(1, 30) * DAY : undefined;
  const publishers: Publisher[] =
    type === 'news' ? ['google_my_business', 'facebook'] : ['google_my_business'];
  const seen = state === 'live' || state === 'expired';

  return {
    id,
    business_id: business.id,
    post_type: type,
    summary,
    schedule_time: scheduledMs === undefined ? null : isoSeconds(scheduledMs),
    expiration_time: state === 'to_validate' ? isoSeconds(nowMs + random.int(5, 20) * DAY) : null,
    validation_time: null,
    post_medias:
      type === 'alert' ? [] : [{ media_url: [`https://photos.maison-solene.example/posts/${id % 12}.jpg`] }],
    created_at: isoSeconds(createdMs),
    updated_at: isoSeconds(createdMs + random.int(0, 30) * 60_000),
    created_on_partoo: !random.chance(0.1),
    updated_on_partoo: false,
    business_info: businessInfo(business),
    post_insight: seen
      ? publishers.map(name => ({ name, click_count: random.int(0, 60), view_count: random.int(80, 2500) }))
      : [],
    post_status: publishers.map(name => ({
      name,
      state,
      link: seen ? `https://${name.replaceAll('_', '-')}.example/posts/${id}` : null,
    })),
    offer_terms: type === 'offer' ? 'Dans la limite des stocks disponibles.' : null,
    offer_code: type === 'offer' && random.chance(0.5) ? `SOLENE${random.int(10, 99)}` : null,
    cta_link: type === 'news' ? business.website_url : null,
    cta_type: type === 'news' ? random.pick(['learn_more', 'order', 'call']) : null,
  };
}

function ageOf(state: PostState, random: Random): number {
  if (state === 'pending') return random.int(1, 20) * 60_000;
  if (state === 'expired') return random.int(200, 400) * DAY;
  return random.int(1, 150) * DAY + random.int(0, 10) * HOUR;
}
