import { expect } from 'vitest';
import { changedOnly, nothingChanged, writesTo } from './judging.ts';
import { read, readAll, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

export const messages: Scenario[] = [
  {
    name: 'a customer gets a reply after the conversation was read',
    says: 'Sophie Girard attend une réponse à Mouffetard. Relis ce qu’elle a demandé et confirme-lui sa commande, avec le détail.',
    async script(assistant) {
      const conversations = await readAll(assistant, 'list_conversations');
      const conversation = conversations.find(
        ({ consumer_name, business }) =>
          undelimited(consumer_name) === 'Sophie Girard' && undelimited(business.name).includes('Mouffetard'),
      );
      const written = await readAll(assistant, 'list_messages', { conversation_id: conversation?.id });
      const wishes = written.filter(({ sender_type }) => sender_type === 'Consumer');
      const [, order] = /(bûche .* pour \d+)/.exec(undelimited(wishes[0]?.content)) ?? [];
      const content = `Bonjour Sophie, votre ${order} est bien réservée. À bientôt !`;
      read(await assistant.call('send_message', { conversation_id: conversation?.id, content }));
      return `Sophie Girard a sa confirmation : ${order}.`;
    },
    expects(outcome) {
      const [sent, ...more] = changedOnly(outcome, 'messages');
      expect(more).toEqual([]);
      expect(sent).toMatchObject({ conversation_id: 30_001, sender_type: 'User' });
      expect(sent?.content).toMatch(/bûche/i);
      expect(sent?.content).toMatch(/praliné/i);
      expect(sent?.content).toMatch(/\b(6|six)\b/);
    },
  },
  {
    name: 'nothing is sent into an expired conversation, and the manager learns it',
    says: 'Dis à Thomas Moreau, qui a écrit à Bastille, que le pain sans gluten arrive lundi.',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Bastille' });
      const conversations = await readAll(assistant, 'list_conversations', { business__in: found?.id });
      const conversation = conversations.find(
        ({ consumer_name }) => undelimited(consumer_name) === 'Thomas Moreau',
      );
      if (!conversation?.is_expired) throw new Error('the conversation is open');
      return 'La conversation avec Thomas Moreau a expiré : Partoo ne permet plus de lui écrire. Rien n’est envoyé.';
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(writesTo(outcome, '/v2/messages')).toEqual([]);
      expect(outcome.said).toMatch(/expir|plus possible|ne (peux|peut|permet)/i);
    },
  },
  {
    name: 'waiting customers are found in an inbox of several pages that are cut to fit',
    says: 'Which customers are still waiting for us to write back, where we still can? Names, please.',
    env: { RESULT_TOKEN_BUDGET: '2000' },
    async script(assistant) {
      const conversations = await readAll(assistant, 'list_conversations', { per_page: 25 });
      const waiting = conversations.filter(
        ({ is_expired, last_message }) => !is_expired && last_message.sender_type === 'Consumer',
      );
      return waiting.map(({ consumer_name }) => undelimited(consumer_name)).join(', ');
    },
    expects(outcome) {
      nothingChanged(outcome);
      for (const name of ['Sophie Girard', 'Nicolas Perrin', 'Léa Fontaine', 'Guillaume Chevalier']) {
        expect(outcome.said).toContain(name);
      }
      expect(outcome.said).not.toMatch(/Thomas Moreau|Rachel Bennett|Youssef/);
    },
  },
  {
    name: 'the right one of two customers with the same name gets the message',
    says: 'Nicolas Perrin a écrit à la boutique du Vieux Lyon. Réponds-lui « Avec plaisir Nicolas, bonne dégustation ! »',
    async script(assistant) {
      const content = 'Avec plaisir Nicolas, bonne dégustation !';
      const conversations = await readAll(assistant, 'list_conversations');
      const his = conversations.filter(
        ({ consumer_name }) => undelimited(consumer_name) === 'Nicolas Perrin',
      );
      expect(his.length).toBeGreaterThan(1);
      const conversation_id = his.find(({ business }) => business.name.includes('Vieux Lyon'))?.id;
      const { message_id } = read(await assistant.call('send_message', { conversation_id, content }));
      const [last] = await readAll(assistant, 'list_messages', { conversation_id });
      expect(last).toMatchObject({ id: message_id, sender_type: 'User' });
      return 'Le message est parti à Nicolas Perrin, au Vieux Lyon.';
    },
    expects(outcome) {
      const content = 'Avec plaisir Nicolas, bonne dégustation !';
      expect(changedOnly(outcome, 'messages')).toMatchObject([{ conversation_id: 30_004, content }]);
    },
  },
];
