import { expect } from 'vitest';
import type { Assistant } from './actor.ts';
import { changedOnly, mentionsNumber, nothingChanged, writesTo } from './judging.ts';
import { read, readAll, readError, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

/** Too short for the server to verify a lost write itself. */
const NO_TIME_TO_VERIFY = { TOOL_DEADLINE_MS: '3000' };

async function conversationWith(assistant: Assistant, name: string): Promise<number> {
  const conversations = await readAll(assistant, 'list_conversations');
  return conversations.find(({ consumer_name }) => undelimited(consumer_name) === name)?.id;
}

export const trouble: Scenario[] = [
  {
    name: 'a call that hits the rate limit is repeated after the seconds it names',
    says: 'How many open shops do we have in Spain?',
    env: { RATE_LIMIT_MAX_WAIT_MS: '0' },
    given({ partoo }) {
      partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    },
    async script(assistant) {
      const count = () => assistant.call('search_businesses', { country: 'ES', per_page: 1 });
      let result = await count();
      expect(readError(result).code).toBe('rate_limited');
      while (result.isError) {
        await assistant.wait(readError(result).retry_after_seconds);
        result = await count();
      }
      return `${read(result).count} open shops.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      const open = outcome.before.businesses.filter(
        ({ country, status }) => country === 'ES' && status === 'open',
      );
      mentionsNumber(outcome, open.length);
      const [refused, next] = outcome.requests;
      expect(refused?.status).toBe(429);
      expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    },
  },
  {
    name: 'a reply whose response was lost is found, and not published again',
    says: 'Réponds à l’avis 700994 : « Nous sommes désolés, nous en parlons à l’équipe dès demain. »',
    given({ partoo }) {
      partoo.faults.add({ kind: 'cut', method: 'POST', path: '/v2/comments', when: 'after' });
    },
    async script(assistant) {
      const content = 'Nous sommes désolés, nous en parlons à l’équipe dès demain.';
      const { note } = read(await assistant.call('reply_to_review', { review_id: 700_994, content }));
      expect(note).toContain('a check found the reply');
      return 'La réponse est publiée.';
    },
    expects(outcome) {
      const [answered, ...more] = changedOnly(outcome, 'reviews');
      expect(more).toEqual([]);
      expect(answered?.id).toBe(700_994);
      expect(answered?.comments?.content).toContain('désolés');
      expect(writesTo(outcome, '/v2/comments')).toHaveLength(1);
    },
  },
  {
    name: 'a message that may have been sent is checked, and not sent again',
    says: 'Tell Rachel Bennett at Stockbridge: "Your breakfast order leaves us at 8, see you then!"',
    env: NO_TIME_TO_VERIFY,
    given({ partoo }) {
      partoo.faults.add({ kind: 'cut', method: 'POST', path: '/v2/messages', when: 'after' });
    },
    async script(assistant) {
      const conversation_id = await conversationWith(assistant, 'Rachel Bennett');
      const content = 'Your breakfast order leaves us at 8, see you then!';
      const { code, next_step } = readError(
        await assistant.call('send_message', { conversation_id, content }),
      );
      expect(code).toBe('outcome_unknown');
      expect(next_step).toContain('Call list_messages');
      const [last] = await readAll(assistant, 'list_messages', { conversation_id });
      if (undelimited(last?.content) !== content) throw new Error('the message is not there');
      return 'Your message to Rachel Bennett was sent.';
    },
    expects(outcome) {
      const content = 'Your breakfast order leaves us at 8, see you then!';
      expect(changedOnly(outcome, 'messages')).toMatchObject([{ conversation_id: 30_003, content }]);
      expect(writesTo(outcome, '/v2/messages')).toHaveLength(1);
    },
  },
  {
    name: 'a message that was not sent is sent again after a check',
    says: 'Dis à Léa Fontaine, au Capitole, que ses deux pains au chocolat l’attendent en caisse.',
    env: NO_TIME_TO_VERIFY,
    given({ partoo }) {
      partoo.faults.add({ kind: 'cut', method: 'POST', path: '/v2/messages' });
    },
    async script(assistant) {
      const conversation_id = await conversationWith(assistant, 'Léa Fontaine');
      const content = 'Bonjour Léa, vos deux pains au chocolat vous attendent en caisse.';
      const send = (more = {}) => assistant.call('send_message', { conversation_id, content, ...more });
      expect(readError(await send()).next_step).toContain('idempotency_key');
      const written = await readAll(assistant, 'list_messages', { conversation_id });
      if (written.some(message => undelimited(message.content) === content)) throw new Error('it is there');
      read(await send({ idempotency_key: 'once more' }));
      return 'Léa Fontaine est prévenue.';
    },
    expects(outcome) {
      const [sent, ...more] = changedOnly(outcome, 'messages');
      expect(more).toEqual([]);
      expect(sent?.conversation_id).toBe(30_005);
      expect(sent?.content).toMatch(/pains au chocolat/);
    },
  },
  {
    name: 'a template that may have been saved is not saved again, and the user is asked to check',
    says: 'Save a reply template in English for three stars, titled "Fair point": thank them for being honest.',
    given({ partoo }) {
      partoo.faults.add({ kind: 'cut', method: 'POST', path: '/v2/reviews/template', when: 'after' });
    },
    async script(assistant) {
      const { code, next_step } = readError(
        await assistant.call('create_review_reply_template', {
          language: 'en',
          title: 'Fair point',
          text: 'Thank you @[](client_first_name) for being honest with us.',
          positive: false,
          neutral: true,
          negative: false,
        }),
      );
      expect(code).toBe('outcome_unknown');
      expect(next_step).toContain('ask the user to look in Partoo');
      return 'Partoo’s response was lost. Please look in Partoo, under reply templates, whether "Fair point" is there before I try again.';
    },
    expects(outcome) {
      expect(changedOnly(outcome, 'templates')).toMatchObject([{ title: 'Fair point', neutral: true }]);
      expect(writesTo(outcome, '/v2/reviews/template')).toHaveLength(1);
      expect(outcome.said).toMatch(/look|check|verify|lost|not sure|unsure|may|might/i);
    },
  },
];
