import { prompt } from './prompt.ts';

export const MESSAGES = [
  prompt(
    'Which customers wait for an answer from us, and since when? The oldest first.',
    'Quels clients attendent une réponse de notre part, et depuis quand ? Les plus anciens d’abord.',
    'list_conversations',
  ),
  prompt(
    'Answer Sophie Girard that her cake is ready on Saturday at 10. Show me the message first.',
    'Réponds à Sophie Girard que son gâteau sera prêt samedi à 10 h. Montre-moi d’abord le message.',
    'list_conversations',
    'list_messages',
    'send_message',
  ),
  prompt(
    'Summarize the open conversations in one line each: who, which shop, what they want.',
    'Résume chaque conversation ouverte en une ligne : qui, quelle boutique, ce qu’il ou elle veut.',
    'list_conversations',
    'list_messages',
  ),
  prompt(
    'Draft answers to all unread messages about opening hours, from the hours of the shop concerned.',
    'Prépare des réponses à tous les messages non lus sur les horaires, d’après ceux de la boutique concernée.',
    'list_conversations',
    'get_business',
  ),
  prompt(
    'Which messages did not arrive? Check the last ones that we sent.',
    'Quels messages ne sont pas arrivés ? Vérifie les derniers que nous avons envoyés.',
    'list_conversations',
    'list_messages',
  ),
  prompt(
    'Close the conversations in which the customer has said thank you. List them before you do.',
    'Ferme les conversations où le client a dit merci. Donne-m’en la liste avant.',
    'list_conversations',
    'list_messages',
    'update_conversation',
  ),
  prompt(
    'Which saved texts do we have for holidays, and which of them is used most?',
    'Quels textes enregistrés avons-nous pour les fêtes, et lequel sert le plus ?',
    'list_message_templates',
  ),
  prompt(
    'What do customers ask most often, by shop? Count by topic.',
    'Que demandent le plus souvent les clients, par boutique ? Compte par sujet.',
    'list_conversations',
    'list_messages',
  ),
  prompt(
    'Which conversations have expired without an answer from us? Which shop should call these customers?',
    'Quelles conversations ont expiré sans réponse de notre part ? Quelle boutique devrait rappeler ces clients ?',
    'list_conversations',
    'list_messages',
  ),
  prompt(
    'Somebody asks about gluten at the Borough shop. Find the conversation and draft a careful answer.',
    'Quelqu’un pose une question sur le gluten à la boutique de Borough. Trouve la conversation et prépare une réponse prudente.',
    'list_conversations',
    'list_messages',
  ),
];
