import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { businessScope, callerOf } from '../access.ts';
import { PARTNERS, type Review, type ReviewState } from '../model.ts';
import { pageOf, pageParams } from '../pages.ts';
import { businessIds, dateTime, flag, listOf, orderBy, read, textList } from '../query.ts';
import type { State } from '../state.ts';
import { fold } from '../text.ts';

const searchQuery = z.strictObject({
  business__in: businessIds.optional(),
  partner__in: listOf(PARTNERS).optional(),
  state__in: listOf(['treated', 'not_treated', 'deleted']).optional(),
  keywords: textList.optional(),
  update_date__gte: dateTime.optional(),
  update_date__lte: dateTime.optional(),
  content__isnull: flag.optional(),
  tags__isnull: flag.optional(),
  order_by: orderBy(['update_date']).optional(),
  ...pageParams(100),
});

/** Dates of one format sort as text. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

type SearchQuery = z.output<typeof searchQuery>;

export function reviewRoutes(app: FastifyInstance, state: State): void {
  app.get('/reviews', async request => {
    const asked = read(searchQuery, request.query);
    const scope = businessScope(state, callerOf(request), asked.business__in);
    const direction = asked.order_by === 'update_date' ? 1 : -1;
    const found = state.reviews
      .filter(review => scope.has(review.business_id) && fits(review, asked))
      .sort((a, b) => direction * (compare(a.update_date, b.update_date) || a.id - b.id));
    const { rows, ...page } = pageOf(found, asked);
    return { ...page, reviews: rows };
  });
}

// The filter knows three states, a review has five: automatic replies count with the others.
const FILTER_STATE: Record<ReviewState, 'treated' | 'not_treated' | 'deleted'> = {
  treated: 'treated',
  treated_auto_reply: 'treated',
  not_treated: 'not_treated',
  pending_auto_reply: 'not_treated',
  deleted: 'deleted',
};

function fits(review: Review, asked: SearchQuery): boolean {
  const words = fold(`${review.title ?? ''} ${review.content ?? ''}`);
  return (
    (asked.partner__in?.includes(review.partner) ?? true) &&
    (asked.state__in?.includes(FILTER_STATE[review.state]) ?? true) &&
    (asked.keywords?.some(keyword => words.includes(fold(keyword))) ?? true) &&
    (asked.update_date__gte === undefined || review.update_date >= asked.update_date__gte) &&
    (asked.update_date__lte === undefined || review.update_date <= asked.update_date__lte) &&
    (asked.content__isnull === undefined || (review.content === null) === asked.content__isnull) &&
    (asked.tags__isnull === undefined || (review.tags.length === 0) === asked.tags__isnull)
  );
}
