import { prompt } from './prompt.ts';

export const ACCOUNT = [
  prompt(
    'Whose Partoo key is this, and what may it do?',
    'À qui est cette clé Partoo, et que permet-elle ?',
    'get_account',
  ),
  prompt(
    'Why may I not change the name of a business? Check my role and permissions.',
    'Pourquoi ne puis-je pas changer le nom d’un établissement ? Vérifie mon rôle et mes droits.',
    'get_account',
  ),
  prompt(
    'How many locations do I see with this key? Are closed ones among them?',
    'Combien d’établissements est-ce que je vois avec cette clé ? Dont des fermés ?',
    'get_account',
    'search_businesses',
  ),
];
