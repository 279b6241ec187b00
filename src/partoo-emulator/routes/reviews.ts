import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../data/state.ts';
import { businessOf, businessScope, callerOf } from '../http/access.ts';
import { notFound } from '../http/errors.ts';
import { pageOf, pageParams } from '../http/pages.ts';
import { businessIds, dateTime, flag, integer, listOf, orderBy, read, textList } from '../http/parameters.ts';
import type { User } from '../model/keys.ts';
import { fold } from '../model/text.ts';
import { PARTNERS, type Partner, type Review, type ReviewState } from '../model/types.ts';

const stars = listOf(['1', '2', '3', '4', '5']).optional();

const searchQuery = z.strictObject({
  business__in: businessIds.optional(),
  business__notin: businessIds.optional(),
  partner__in: listOf(PARTNERS).optional(),
  gmb_rating__in: stars,
  tripadvisor_rating__in: stars,
  recommended__in: listOf(['true', 'false']).optional(),
  state__in: listOf(['treated', 'not_treated', 'deleted']).optional(),
  keywords: textList.optional(),
  update_date__gte: dateTime.optional(),
  update_date__lte: dateTime.optional(),
  content__isnull: flag.optional(),
  tags__isnull: flag.optional(),
  order_by: orderBy(['update_date']).optional(),
  ...pageParams(100),
});

/** For dates of one format. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const newState = z.strictObject({ state: z.enum(['treated', 'not_treated']) });
const idParam = z.object({ id: integer(0, Number.MAX_SAFE_INTEGER) });
const indexParam = z.object({ index: integer(0, 2) });

type SearchQuery = z.output<typeof searchQuery>;

export function reviewRoutes(app: FastifyInstance, state: State): void {
  app.get('/reviews', async request => {
    const params = read(searchQuery, request.query);
    const scope = businessScope(state, callerOf(request), params.business__in);
    const direction = params.order_by === 'update_date' ? 1 : -1;
    const found = state.reviews
      .filter(review => scope.has(review.business_id) && fits(review, params))
      .sort((a, b) => direction * (compare(a.update_date, b.update_date) || a.id - b.id));
    const { rows, ...page } = pageOf(found, params);
    return { ...page, reviews: rows };
  });
  changeRoutes(app, state);
}

const SUGGESTIONS = [
  'Merci pour votre avis ! Toute l’équipe espère vous revoir bientôt.',
  'Merci d’avoir pris le temps de nous écrire. Nous en tiendrons compte.',
  'Un grand merci pour ce retour, et à très vite en boutique.',
];

function changeRoutes(app: FastifyInstance, state: State): void {
  app.put('/reviews/:id', async request => {
    read(z.strictObject({}), request.query);
    const review = reviewOf(state, callerOf(request), request.params);
    const { state: wanted } = read(newState, request.body);
    review.state = wanted;
    return review;
  });

  app.get('/reviews/fetch-suggestion/:id/:index', async request => {
    read(z.strictObject({}), request.query);
    const { id } = reviewOf(state, callerOf(request), request.params);
    const { index } = read(indexParam, request.params);
    const known = state.suggestions.find(each => each.review_id === id && each.index === index);
    if (known) return known;
    const suggestion = {
      id: state.nextId(),
      index,
      review_id: id,
      content: SUGGESTIONS[index] ?? '',
      report: null,
    };
    state.suggestions.push(suggestion);
    return suggestion;
  });
}

function reviewOf(state: State, user: User, params: unknown): Review {
  const { id } = read(idParam, params);
  const review = state.reviews.find(each => each.id === id);
  if (!review) throw notFound();
  businessOf(state, user, review.business_id);
  return review;
}

/** The filter has three states, reviews have five. */
const FILTER_STATE: Record<ReviewState, 'treated' | 'not_treated' | 'deleted'> = {
  treated: 'treated',
  treated_auto_reply: 'treated',
  not_treated: 'not_treated',
  pending_auto_reply: 'not_treated',
  deleted: 'deleted',
};

function fits(review: Review, params: SearchQuery): boolean {
  const words = fold(`${review.title ?? ''} ${review.content ?? ''}`);
  return (
    !params.business__notin?.includes(review.business_id) &&
    (params.partner__in?.includes(review.partner) ?? true) &&
    hasRating(review, 'google_my_business', params.gmb_rating__in) &&
    hasRating(review, 'tripadvisor', params.tripadvisor_rating__in) &&
    (params.recommended__in?.some(value => value === String(review.recommended)) ?? true) &&
    (params.state__in?.includes(FILTER_STATE[review.state]) ?? true) &&
    (params.keywords?.some(keyword => words.includes(fold(keyword))) ?? true) &&
    (params.update_date__gte === undefined || review.update_date >= params.update_date__gte) &&
    (params.update_date__lte === undefined || review.update_date <= params.update_date__lte) &&
    (params.content__isnull === undefined || (review.content === null) === params.content__isnull) &&
    (params.tags__isnull === undefined || (review.tags.length === 0) === params.tags__isnull)
  );
}

/** A filter by the stars of one platform leaves only its reviews. */
const hasRating = ({ partner, rating }: Review, platform: Partner, wanted: readonly string[] | undefined) =>
  wanted === undefined || (partner === platform && wanted.includes(String(rating)));
