import { expect } from 'vitest';
import { mentionsNumber, nothingChanged, shop } from './judging.ts';
import { read, readAll, undelimited } from './reading.ts';
import type { Outcome, Scenario } from './scenario.ts';

const LONG_REVIEW = [
  'Je viens ici depuis des années et je voulais raconter ma matinée en détail.',
  ...Array.from({ length: 8 }, (_, n) => `Étape ${n + 1} : une attente de plus, une excuse de plus.`),
  'Pour me rembourser, ma commande porte le numéro BD-40417.',
].join(' ');

/** The average of all ratings, rounded as Partoo does. */
function averageRating(ratings: (number | null)[]): number {
  const rated = ratings.filter(rating => rating !== null);
  return Math.round((rated.reduce((sum, rating) => sum + rating, 0) / rated.length) * 100) / 100;
}

/** Reviews of the first organization that their authors have not deleted. */
const notDeleted = ({ before }: Outcome) =>
  before.reviews.filter(({ org_id, state }) => org_id === 1 && state !== 'deleted');

export const reviews: Scenario[] = [
  {
    name: 'the average rating by month',
    says: 'Quelle a été notre note moyenne mois par mois, de juillet à octobre 2026 ?',
    async script(assistant) {
      const rows = await readAll(assistant, 'get_review_metrics', {
        metrics: 'average_rating',
        dimensions: 'month',
        update_date__gte: '2026-07-01',
        update_date__lte: '2026-10-31',
      });
      return rows
        .map(({ dimension, metrics }) => `${dimension.slice(0, 7)} : ${metrics.average_rating}`)
        .join('\n');
    },
    expects(outcome) {
      nothingChanged(outcome);
      for (const month of ['2026-07', '2026-08', '2026-09', '2026-10']) {
        const ofMonth = notDeleted(outcome).filter(({ update_date }) => update_date.startsWith(month));
        mentionsNumber(outcome, averageRating(ofMonth.map(({ rating }) => rating)));
      }
    },
  },
  {
    name: 'the best and the worst shop of a country-wide company',
    says: 'Which of our shops had the best average rating this year, and which the worst? Only shops with at least 10 reviews.',
    async script(assistant) {
      const rows = await readAll(assistant, 'get_review_metrics', {
        metrics: 'average_rating,reviews_count',
        dimensions: 'business',
        update_date__gte: '2026-01-01',
        order_by: '-average_rating',
      });
      const enough = rows.filter(({ metrics }) => metrics.reviews_count >= 10);
      const describe = (row = enough[0]) =>
        `${undelimited(row?.dimension_name)} with ${row?.metrics.average_rating} (${row?.metrics.reviews_count} reviews)`;
      return `The best was ${describe()}, the worst ${describe(enough.at(-1))}.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      const thisYear = notDeleted(outcome).filter(({ update_date }) => update_date >= '2026');
      const averages = [...Map.groupBy(thisYear, ({ business_id }) => business_id)]
        .filter(([, ofShop]) => ofShop.length >= 10)
        .map(([id, ofShop]) => ({ id, average: averageRating(ofShop.map(({ rating }) => rating)) }));
      const all = averages.map(({ average }) => average);
      for (const extreme of [Math.max(...all), Math.min(...all)]) {
        mentionsNumber(outcome, extreme);
        const shops = averages.filter(({ average }) => average === extreme).map(({ id }) => id);
        const named = outcome.before.businesses.filter(({ id }) => shops.includes(id));
        expect(named.some(({ name }) => outcome.said.includes(name.replace('Maison Solène ', '')))).toBe(
          true,
        );
      }
    },
  },
  {
    name: 'hundreds of ids are exported without a gap',
    says: 'Export me the ids of all the reviews nobody has answered yet, comma-separated.',
    async script(assistant) {
      const rows = await readAll(assistant, 'search_reviews', {
        state__in: 'not_treated',
        fields: 'state',
        per_page: 100,
      });
      return rows.map(({ id }) => id).join(',');
    },
    expects(outcome) {
      nothingChanged(outcome);
      const unanswered = notDeleted(outcome).filter(({ state }) => state === 'not_treated');
      expect(unanswered.length).toBeGreaterThan(400);
      const exported = (outcome.said.match(/\b7\d{5}\b/g) ?? []).map(Number);
      expect(exported.toSorted()).toEqual(unanswered.map(({ id }) => id).toSorted());
    },
  },
  {
    name: 'a long review is read to its last word',
    says: "Un client de Bastille a laissé un très long avis hier. C'est quoi le numéro de sa commande ?",
    given({ partoo }) {
      const review = {
        id: 701_001,
        business_id: '9849ba83e54a00666dd82ea7',
        partner: 'google_my_business',
        author_name: 'Odile Bernard',
        date: '2026-10-31T18:00:00',
        update_date: '2026-10-31T18:00:00',
        rating: 2,
        content: LONG_REVIEW,
        state: 'not_treated',
      };
      const body = { page: 1, max_page: 1, count: 1, reviews: [review] };
      partoo.faults.add({ kind: 'status', status: 200, body, path: '/v2/reviews', times: 100 });
    },
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Bastille' });
      const filter = { business__in: found?.id, update_date__gte: '2026-10-31' };
      const [short] = await readAll(assistant, 'search_reviews', filter);
      expect(short?.excerpt).toMatch(/<\/\d{6}>… \(\+\d+ characters\)$/);
      const [whole] = await readAll(assistant, 'search_reviews', { ...filter, detail: 'full' });
      const [, number] = /numéro ([A-Z]+-\d+)/.exec(undelimited(whole?.content)) ?? [];
      return `Sa commande porte le numéro ${number}.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toContain('BD-40417');
    },
  },
  {
    name: 'a result that was cut to fit is read to its end',
    says: 'List everyone who wrote us a review in September 2026, by name.',
    env: { RESULT_TOKEN_BUDGET: '1000' },
    async script(assistant) {
      const rows = await readAll(assistant, 'search_reviews', {
        update_date__gte: '2026-09-01',
        update_date__lte: '2026-09-30',
        detail: 'full',
        per_page: 100,
      });
      return rows.map(({ author_name }) => undelimited(author_name)).join('\n');
    },
    expects(outcome) {
      nothingChanged(outcome);
      const inSeptember = notDeleted(outcome).filter(({ update_date }) => update_date.startsWith('2026-09'));
      expect(inSeptember.length).toBeGreaterThan(30);
      for (const { author_name } of inSeptember) expect(outcome.said).toContain(author_name);
    },
  },
  {
    name: 'arguments in odd spellings are understood',
    says: 'How many Google reviews of our two shops in the Marais and at Bastille are still unanswered?',
    async script(assistant) {
      const marais = read(
        await assistant.call('get_business', { business_id: 'PAR/01', fields: '["code"]' }),
      );
      const bastille = read(
        await assistant.call('search_businesses', { query: 'bastille', status: 'OPEN', per_page: '5' }),
      );
      const ids = [marais.id, bastille.businesses[0].id];
      const { count } = read(
        await assistant.call('search_reviews', {
          business__in: JSON.stringify(ids),
          partner__in: ['Google'],
          state__in: 'NOT_TREATED',
          content__isnull: null,
          per_page: '1',
        }),
      );
      return `${count} of them.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      const shops = ['PAR/01', 'PAR/04'].map(code => shop(outcome.before, code).id);
      const unanswered = notDeleted(outcome).filter(
        ({ business_id, partner, state }) =>
          shops.includes(business_id) && partner === 'google_my_business' && state === 'not_treated',
      );
      mentionsNumber(outcome, unanswered.length);
    },
  },
];
