import type { Random } from '../../../src/partoo-emulator/model/seeded-random.ts';
import type { Call, Reach } from './intent.ts';

type MakeRead = (random: Random, reach: Reach) => Omit<Call, 'key'>;

const READS: readonly MakeRead[] = [
  random => ({
    tool: 'search_businesses',
    args: { city: random.pick(['Lyon', 'Paris', 'Madrid']), per_page: 20 },
  }),
  (random, { businesses }) => ({ tool: 'get_business', args: { business_id: random.pick(businesses) } }),
  random => ({ tool: 'search_reviews', args: { page: random.int(1, 5), per_page: 10 } }),
  (random, { businesses }) => ({
    tool: 'search_reviews',
    args: { business__in: random.pick(businesses), state__in: 'not_treated' },
  }),
  () => ({ tool: 'list_conversations', args: { per_page: 20 } }),
  (random, { conversations }) => ({
    tool: 'list_messages',
    args: { conversation_id: random.pick(conversations), per_page: 20 },
  }),
  random => ({ tool: 'search_posts', args: { page: random.int(1, 3), per_page: 10 } }),
  () => ({ tool: 'get_review_metrics', args: { metrics: 'average_rating,reviews_count' } }),
];

export const planRead = (random: Random, reach: Reach): Call => ({
  key: reach.key,
  ...random.pick(READS)(random, reach),
});
