import { expect } from 'vitest';
import { changedOnly, nothingChanged, shop, writesTo } from './judging.ts';
import { read, readAll, readError, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

export const access: Scenario[] = [
  {
    name: 'a read-only connection cannot reply to a review, and the manager learns it',
    says: 'Reply "Thank you, see you soon!" to the latest review of our London shops.',
    query: '?readonly=true',
    async script(assistant) {
      const tool = 'reply_to_review';
      if (assistant.tools.some(({ name }) => name === tool)) throw new Error(`${tool} is listed`);
      const shops = await readAll(assistant, 'search_businesses', { city: 'London' });
      const business__in = shops.map(({ id }) => id);
      const { reviews } = read(await assistant.call('search_reviews', { business__in, per_page: 1 }));
      // A model that knows the tool from elsewhere tries it anyway.
      const reply = { review_id: reviews[0].id, content: 'Thank you, see you soon!' };
      const { isError, text } = await assistant.call(tool, reply);
      expect(isError).toBe(true);
      expect(text).toContain('readonly');
      return 'I cannot reply here: this connection is read-only (?readonly in its URL).';
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toMatch(/read[- ]?only|can(no|')t|unable|not (able|allowed|possible)/i);
    },
  },
  {
    name: 'a field that the key may not change is left out, and the manager learns it',
    key: 'demo-manager',
    says: 'Rename our Bellecour shop to "Maison Solène Opéra" and make its short description "Pain et brunch, place Bellecour".',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Bellecour' });
      const description_short = 'Pain et brunch, place Bellecour';
      const change = (fields: Record<string, unknown>) =>
        assistant.call('update_business', { business_id: found?.id, ...fields });
      const { code, problems } = readError(await change({ name: 'Maison Solène Opéra', description_short }));
      expect(code).toBe('permission_denied');
      expect(problems.join('\n')).toMatch(/^name\b/m);
      read(await change({ description_short }));
      return 'The description is changed. Your key may not change the name: an administrator has to do that.';
    },
    expects(outcome) {
      const bellecour = shop(outcome.before, 'LYON 1');
      const description_short = 'Pain et brunch, place Bellecour';
      expect(changedOnly(outcome, 'businesses')).toEqual([{ ...bellecour, description_short }]);
      expect(outcome.said).toMatch(/\bname\b|renam/i);
      expect(outcome.said).toMatch(/not|n't|unable|only an admin/i);
    },
  },
  {
    name: 'a key that may do less than its user cannot reply, and the manager learns that it is the key',
    key: 'demo-reader',
    query: '?toolsets=default,account',
    says: 'Reply "Thank you, see you soon!" to review 700999. I am an administrator, so it must work; if not, tell me why.',
    async script(assistant) {
      const reply = { review_id: 700_999, content: 'Thank you, see you soon!' };
      const { code, next_step } = readError(await assistant.call('reply_to_review', reply));
      expect(code).toBe('permission_denied');
      expect(next_step).toContain('a key with more permissions');
      const { user } = read(await assistant.call('get_account'));
      return `Nothing was published. You are ${user.role}, so the key of this connection has too few permissions: it takes another key.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(writesTo(outcome, '/v2/comments')).toHaveLength(1);
      expect(outcome.said).toMatch(/\bkey\b/i);
      expect(outcome.said).toMatch(/permission|may not|restricted|not allowed/i);
    },
  },
  {
    name: 'one organization does not see the other',
    key: 'demo-other',
    says: 'Dis à la cliente de la conversation 30001 que sa bûche est prête, et donne-moi la liste de nos villes.',
    async script(assistant) {
      const message = { conversation_id: 30_001, content: 'Bonjour, votre bûche est prête !' };
      expect(readError(await assistant.call('send_message', message)).code).toBe('not_found');
      const found = await readAll(assistant, 'search_businesses');
      const cities = new Set(found.map(({ city }) => undelimited(city)));
      const known = await readAll(assistant, 'list_conversations');
      expect(known.map(({ id }) => id)).not.toContain(message.conversation_id);
      return `Je ne trouve pas cette conversation, rien n'est envoyé. Nos villes : ${[...cities].join(', ')}.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      for (const city of ['Rennes', 'Strasbourg', 'Grenoble']) expect(outcome.said).toContain(city);
      expect(outcome.said).not.toMatch(/Paris|Lyon|Solène|Sophie/);
      expect(outcome.said).toMatch(/\b(pas|aucune|introuvable|impossible)\b/i);
    },
  },
];
