import { expect } from 'vitest';
import { changedOnly, mentionsNumber, nothingChanged } from './judging.ts';
import { type Row, read, readAll, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

const ALL = '?toolsets=all';

/** The newest reply of Lille, with its review. */
async function latestReply(assistant: Parameters<Scenario['script']>[0]): Promise<Row> {
  const shops = await readAll(assistant, 'search_businesses', { city: 'Lille' });
  const { reviews } = read(
    await assistant.call('search_reviews', {
      business__in: shops.map(({ id }) => id),
      partner__in: 'google_my_business',
      state__in: 'treated',
      fields: 'comments',
      per_page: 20,
    }),
  );
  return reviews.find(({ comments }: Row) => comments);
}

export const replyChanges: Scenario[] = [
  {
    name: 'the text of a published reply is corrected',
    query: ALL,
    says: 'Dans notre dernière réponse à un avis Google de Lille, remplace le texte par : « Merci, et à samedi ! »',
    async script(assistant) {
      const { comments } = await latestReply(assistant);
      const content = 'Merci, et à samedi !';
      read(await assistant.call('update_review_reply', { comment_id: comments.id, content }));
      return 'La réponse dit maintenant « Merci, et à samedi ! ».';
    },
    expects(outcome) {
      const [changed, ...more] = changedOnly(outcome, 'reviews');
      expect(more).toEqual([]);
      expect(changed?.comments?.content).toBe('Merci, et à samedi !');
    },
  },
  {
    name: 'a reply that should not have been published is deleted',
    query: ALL,
    says: 'Supprime notre dernière réponse à un avis Google de Lille, elle était pour un autre client. Oui, définitivement.',
    async script(assistant) {
      const { comments } = await latestReply(assistant);
      read(await assistant.call('delete_review_reply', { comment_id: comments.id }));
      return 'La réponse est supprimée.';
    },
    expects(outcome) {
      const [changed, ...more] = changedOnly(outcome, 'reviews');
      expect(more).toEqual([]);
      expect(changed?.comments).toBeNull();
    },
  },
  {
    name: "a review gets Partoo's own suggestion as its reply, named as such",
    query: ALL,
    says: 'Answer the latest unanswered 5-star Google review with what Partoo itself suggests. I approve its text.',
    async script(assistant) {
      const { reviews } = read(
        await assistant.call('search_reviews', {
          gmb_rating__in: '5',
          state__in: 'not_treated',
          order_by: '-update_date',
          per_page: 1,
        }),
      );
      const [{ id: review_id }] = reviews;
      const { id, content } = read(await assistant.call('suggest_review_reply', { review_id }));
      const reply = { review_id, content: undelimited(content) };
      read(
        await assistant.call('reply_to_review', {
          ...reply,
          reply_suggestion_id: id,
          reply_suggestion_modified: false,
        }),
      );
      return `Published: ${reply.content}`;
    },
    expects(outcome) {
      const [answered, ...more] = changedOnly(outcome, 'reviews');
      expect(more).toEqual([]);
      expect(answered).toMatchObject({ rating: 5, comments: { is_reply_suggestion: true } });
    },
  },
  {
    name: 'a review is marked as treated without a reply',
    query: ALL,
    says: 'Mark the oldest unanswered one-star Google review as treated, we called the customer.',
    async script(assistant) {
      const { reviews } = read(
        await assistant.call('search_reviews', {
          gmb_rating__in: '1',
          state__in: 'not_treated',
          order_by: 'update_date',
          per_page: 1,
        }),
      );
      read(await assistant.call('update_review', { review_id: reviews[0].id, state: 'treated' }));
      return 'It is marked as treated.';
    },
    expects(outcome) {
      const [changed, ...more] = changedOnly(outcome, 'reviews');
      expect(more).toEqual([]);
      expect(changed).toMatchObject({ rating: 1, state: 'treated', comments: null });
    },
  },
  {
    name: 'an outdated template is found by its words and deleted',
    query: ALL,
    says: 'Delete the English reply template for good reviews, we have a better one.',
    async script(assistant) {
      const [template] = await readAll(assistant, 'list_review_reply_templates', {
        language__in: 'en',
        positive: true,
      });
      read(await assistant.call('delete_review_reply_template', { template_id: template?.id }));
      return `The template ${undelimited(template?.title)} is deleted.`;
    },
    expects(outcome) {
      expect(Object.values(outcome.changed).flat()).toEqual([]);
      const gone = outcome.before.templates.filter(
        ({ id }) => !outcome.after.templates.some(template => template.id === id),
      );
      expect(gone).toMatchObject([{ language: 'en', positive: true }]);
    },
  },
  {
    name: 'one-star reviews without a reply are counted in one call',
    says: 'How many 1-star and 2-star Google reviews have no reply yet?',
    async script(assistant) {
      const { counts } = read(
        await assistant.call('search_reviews', {
          count_by: 'rating',
          state__in: 'not_treated',
          gmb_rating__in: '1,2',
        }),
      );
      const of = (stars: number) => counts.find(({ rating }: Row) => rating === stars)?.count ?? 0;
      return `${of(1)} with one star, ${of(2)} with two.`;
    },
    async expects(outcome) {
      nothingChanged(outcome);
      for (const stars of [1, 2]) {
        const { count } = await outcome.query<{ count: number }>(
          `/reviews?state__in=not_treated&gmb_rating__in=${stars}&per_page=1`,
        );
        mentionsNumber(outcome, count);
      }
    },
  },
];
