import { DAY, HOUR, isoSeconds } from '../model/dates.ts';
import { ADMIN, COLLEAGUE, ORG_1, OTHER } from '../model/keys.ts';
import { createRandom, hexId, type Random, seedOf } from '../model/seeded-random.ts';
import type { Business, Partner, Review, Tag } from '../model/types.ts';
import { FIRST_NAMES, LAST_NAMES, type Language } from './texts/author-names.ts';
import { type Mood, PROMPT_INJECTION, REPLIES, REVIEW_PHRASES } from './texts/review-texts.ts';

const TAGS: readonly Tag[] = [
  { id: 11, label: 'Accueil', color: '#2F80ED' },
  { id: 12, label: 'Attente', color: '#F2994A' },
  { id: 13, label: 'Produits', color: '#27AE60' },
  { id: 14, label: 'Prix', color: '#9B51E0' },
  { id: 15, label: 'Propreté', color: '#EB5757' },
];

const TWO_YEARS = 730 * DAY;

/** Ids count from `first`, oldest first. */
export function seedReviews(businesses: Business[], nowMs: number, first: number, count: number): Review[] {
  const random = createRandom(seedOf('reviews', first));
  const open = businesses.filter(business => business.status !== 'opening_soon');
  return Array.from({ length: count }, (_, index) => {
    // Evenly spread with some jitter, always in order and in the past.
    const age = TWO_YEARS * (1 - (index + random.next() * 0.9) / count);
    return review(first + index, random.pick(open), nowMs - age, nowMs, random);
  });
}

/** Puts the prompt injection among the newest reviews. */
export function plantPromptInjection(reviews: Review[]): void {
  const planted = reviews[reviews.length - 20];
  if (!planted) return;
  Object.assign(planted, { partner: 'google_my_business', rating: 4, recommended: null, title: null });
  Object.assign(planted, {
    content: PROMPT_INJECTION,
    state: 'not_treated',
    comments: null,
    delete_date: null,
  });
}

function review(id: number, business: Business, dateMs: number, nowMs: number, random: Random): Review {
  const partner = pickPartner(random);
  const language = pickLanguage(business.default_lang as Language, random);
  const stars = random.pick([5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 2, 1, 1]);
  const mood: Mood = stars >= 4 ? 'positive' : stars === 3 ? 'neutral' : 'negative';
  const firstName = random.pick(FIRST_NAMES[language]);
  const edited = random.chance(0.04);
  const updateMs = edited ? Math.min(nowMs, dateMs + random.int(1, 20) * DAY) : dateMs;
  const content = random.chance(0.18) ? null : reviewText(language, mood, random);

  const made: Review = {
    key: hexId('review', id),
    org_id: business.org_id,
    id,
    business_id: business.id,
    partner,
    partner_id: `${partner}-${hexId('partner', id)}`,
    author_name: `${firstName} ${random.pick(LAST_NAMES[language])}`,
    date: isoSeconds(dateMs),
    update_date: isoSeconds(updateMs),
    delete_date: null,
    rating: partner === 'facebook' ? null : stars,
    recommended: partner === 'facebook' ? stars >= 3 : null,
    title: partner === 'tripadvisor' ? random.pick(REVIEW_PHRASES[language][mood].openings) : null,
    content,
    state: 'not_treated',
    link: `https://${partner.replaceAll('_', '-')}.example/reviews/${id}`,
    comments: null,
    tags: random.chance(0.2) ? pickTags(random) : [],
  };
  settle(made, language, mood, firstName, business, updateMs, nowMs, random);
  return made;
}

/** About half have a reply, the newest mostly not yet. A few were deleted by their author. */
function settle(
  made: Review,
  language: Language,
  mood: Mood,
  firstName: string,
  business: Business,
  updateMs: number,
  nowMs: number,
  random: Random,
): void {
  const answeredMs = updateMs + random.int(1, 200) * HOUR;
  if (random.chance(0.02)) {
    made.state = 'deleted';
    made.delete_date = isoSeconds(Math.min(nowMs, updateMs + random.int(1, 40) * DAY));
    return;
  }
  if (!random.chance(0.56) || answeredMs > nowMs) return;

  const automatic = mood === 'positive' && random.chance(0.05);
  made.state = automatic ? 'treated_auto_reply' : 'treated';
  made.comments = {
    // One seeded reply per review; ids of new comments are far above.
    id: made.id + 1_000_000,
    partner_id: hexId('comment', made.id),
    created: isoSeconds(answeredMs),
    author_name: business.name,
    content: random
      .pick(REPLIES[language][mood])
      .replace('{name}', firstName)
      .replace('{email}', business.contacts[0]?.email ?? ''),
    date: isoSeconds(answeredMs),
    update_date: isoSeconds(answeredMs),
    can_edit: made.partner !== 'tripadvisor',
    review_id: made.id,
    parent_id: null,
    user_id: automatic ? null : replierOf(business, random),
    is_reply_suggestion: false,
    replies: [],
  };
}

const replierOf = (business: Business, random: Random) =>
  business.org_id === ORG_1 ? random.pick([ADMIN, ADMIN, COLLEAGUE]).id : OTHER.id;

function pickPartner(random: Random): Partner {
  const draw = random.next();
  if (draw < 0.84) return 'google_my_business';
  return draw < 0.94 ? 'facebook' : 'tripadvisor';
}

function pickLanguage(home: Language, random: Random): Language {
  const draw = random.next();
  if (draw < 0.85) return home;
  if (draw < 0.92) return home === 'en' ? 'fr' : 'en';
  return random.pick(['es', 'it', 'de', 'fr'] as const);
}

function pickTags(random: Random): Tag[] {
  const start = random.int(0, TAGS.length - 1);
  return TAGS.slice(start, start + random.int(1, 2)).map(tag => ({ ...tag }));
}

function reviewText(language: Language, mood: Mood, random: Random): string {
  const { openings, details, closings } = REVIEW_PHRASES[language][mood];
  return [
    random.pick(openings),
    ...(random.chance(0.75) ? [random.pick(details)] : []),
    ...(random.chance(0.25) ? [random.pick(details)] : []),
    ...(random.chance(0.5) ? [random.pick(closings)] : []),
  ]
    .filter((sentence, index, all) => all.indexOf(sentence) === index)
    .join(' ');
}
