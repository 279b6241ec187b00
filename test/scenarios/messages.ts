import { expect } from 'vitest';
import { COLLEAGUE } from '../../src/partoo-emulator/model/keys.ts';
import type { Assistant } from './actor.ts';
import { changedOnly, nothingChanged, writesTo } from './judging.ts';
import { read, readAll, readError, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

/** The tools here are optional. */
const ALL = '?toolsets=all';

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
  {
    name: 'a solved conversation is closed and marked as read, and nothing is sent',
    says: 'Sophie Girard, à Mouffetard : c’est réglé par téléphone. Clos sa conversation et marque-la comme lue, sans lui écrire.',
    query: ALL,
    async script(assistant) {
      const conversation_id = await conversationWith(assistant, 'Sophie Girard', 'Mouffetard');
      read(await assistant.call('update_conversation', { conversation_id, status: 'closed' }));
      read(await assistant.call('mark_conversation_read', { conversation_id }));
      const { is_solved, is_read } = read(await assistant.call('get_conversation', { conversation_id }));
      expect({ is_solved, is_read }).toEqual({ is_solved: true, is_read: true });
      return 'La conversation avec Sophie Girard est close et lue ; rien ne lui a été envoyé.';
    },
    async expects(outcome) {
      expect(changedOnly(outcome, 'conversations')).toMatchObject([{ id: 30_001, is_solved: true }]);
      expect(await outcome.query('/conversations/30001')).toMatchObject({ is_read: true });
    },
  },
  {
    name: 'a conversation is handed over to a colleague',
    says: `Passe la conversation de Nicolas Perrin (boutique du Vieux Lyon) à Marc Delorme : son identifiant est ${COLLEAGUE.id}.`,
    query: ALL,
    async script(assistant) {
      const conversation_id = await conversationWith(assistant, 'Nicolas Perrin', 'Vieux Lyon');
      const assigned_user_id = COLLEAGUE.id;
      read(await assistant.call('update_conversation', { conversation_id, assigned_user_id }));
      return 'La conversation est attribuée à Marc Delorme.';
    },
    expects(outcome) {
      expect(changedOnly(outcome, 'conversations')).toMatchObject([
        { id: 30_004, assigned_user_id: COLLEAGUE.id, is_solved: false },
      ]);
      expect(outcome.said).toMatch(/Marc/);
    },
  },
  {
    name: 'an expired conversation is not opened again, and the manager learns it',
    says: 'Rouvre la conversation de Thomas Moreau à Bastille, je veux lui répondre.',
    query: ALL,
    async script(assistant) {
      const conversation_id = await conversationWith(assistant, 'Thomas Moreau', 'Bastille');
      const { problems } = readError(
        await assistant.call('update_conversation', { conversation_id, status: 'open' }),
      );
      expect(problems.join()).toContain('expired');
      return 'Impossible : la conversation a expiré, Partoo ne permet pas de la rouvrir.';
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toMatch(/expir|impossible|ne (peux|peut|permet)/i);
    },
  },
  {
    name: 'a customer is answered with a saved text, whose placeholders are filled in',
    says: 'Réponds à Sophie Girard, à Mouffetard, avec notre message enregistré sur les horaires des fêtes.',
    query: ALL,
    async script(assistant) {
      const conversation_id = await conversationWith(assistant, 'Sophie Girard', 'Mouffetard');
      const templates = await readAll(assistant, 'list_message_templates');
      const { text, placeholders } = templates.find(({ title }) => /horaires/i.test(title)) ?? {};
      expect(placeholders).toEqual(['client_first_name', 'business_name']);
      const template = undelimited(text);
      const { problems } = readError(
        await assistant.call('send_message', { conversation_id, content: template }),
      );
      expect(problems.join()).toContain('{{client_first_name}}');
      const { business } = read(await assistant.call('get_conversation', { conversation_id }));
      const content = template
        .replace('{{client_first_name}}', 'Sophie')
        .replace('{{business_name}}', undelimited(business.name));
      read(await assistant.call('send_message', { conversation_id, content }));
      return 'Sophie Girard a reçu nos horaires des fêtes.';
    },
    expects(outcome) {
      const [sent, ...more] = changedOnly(outcome, 'messages');
      expect(more).toEqual([]);
      expect(sent).toMatchObject({ conversation_id: 30_001, sender_type: 'User' });
      expect(sent?.content).toMatch(/^Bonjour Sophie, .*Mouffetard.* est ouvert le 24 décembre/);
      expect(sent?.content).not.toContain('{{');
    },
  },
];

async function conversationWith(assistant: Assistant, customer: string, place: string): Promise<number> {
  const conversations = await readAll(assistant, 'list_conversations');
  const found = conversations.filter(
    ({ consumer_name, business }) =>
      undelimited(consumer_name) === customer && undelimited(business.name).includes(place),
  );
  expect(found).toHaveLength(1);
  return found[0]?.id;
}
