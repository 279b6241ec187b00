import type { ScriptModel } from '../model/script-model.ts';

/** What the script says. The texts of the page itself are in ../texts/. */
export interface ScriptTexts {
  copied: string;
  notCopied: string;
  running: string;
  draining: string;
  redisLost: string;
  down: string;
  total(count: number, tokens: number): string;
  noTool: string;
  listed: string;
  notListed: string;
  tabs: string;
  checking: string;
  good: string;
  goodNoAccount: (count: number) => string;
  fields: { organization: string; user: string; role: string; locations: string; may: string };
  restricted: string;
  roles: Readonly<Record<string, string>>;
  permissions: Readonly<Record<string, string>>;
  problems: {
    rejected: string;
    token: string;
    forbidden: string;
    placeholder: string;
    limit: (seconds: number | undefined) => string;
    partooDown: string;
    serverDown: string;
    refused: string;
    other: (message: string) => string;
  };
  invalidJson: (reason: string) => string;
  notAnObject: string;
  sending: string;
  answered: (ms: number, characters: number) => string;
  isError: string;
  locale: string;
}

const ENGLISH: ScriptTexts = {
  copied: 'Copied',
  notCopied: 'Not copied: select the text and copy it yourself',
  running: 'Running',
  draining: 'Restarting',
  redisLost: 'Running, Redis unreachable',
  down: 'No response',
  total: (count, tokens) =>
    `${count} ${count === 1 ? 'tool' : 'tools'} in your list, ${tokens.toLocaleString('en')} tokens`,
  noTool: 'No tool is left: choose others.',
  listed: 'In your list',
  notListed: 'Not in your list',
  tabs: 'Clients',
  checking: 'Checking…',
  good: 'This key works.',
  goodNoAccount: count =>
    `This key works. It sees ${count.toLocaleString('en')} open ${count === 1 ? 'location' : 'locations'}.`,
  fields: { organization: 'Organization', user: 'User', role: 'Role', locations: 'Locations', may: 'May' },
  restricted: 'This user may do less than the role.',
  roles: {
    PROVIDER: 'Provider',
    ORG_ADMIN: 'Administrator',
    ORG_MANAGER: 'Organization manager',
    GROUP_MANAGER: 'Group manager',
    BUSINESS_MANAGER: 'Business manager',
    PUBLISHER: 'Publisher',
  },
  permissions: {
    business_read: 'see locations',
    business_edit: 'edit locations',
    business_edit_name: 'rename locations',
    business_create: 'create locations',
    post_create: 'publish posts',
    post_draft: 'draft posts',
    review_read: 'see reviews',
    review_reply: 'reply to reviews',
  },
  problems: {
    rejected: 'Partoo does not accept this key. Copy the whole key again, or create a new one in Partoo.',
    token: 'This server does not accept this token: it is unknown, expired or revoked. Ask its operator.',
    forbidden:
      'Partoo refuses this key (403): it may be revoked, limited to other IP addresses, or its user has no right to this. Check it in Partoo.',
    placeholder: 'That is a placeholder or no key at all. Paste the key itself.',
    limit: seconds =>
      seconds === undefined
        ? 'Too many requests for the moment. Wait a minute and try again.'
        : `Too many requests for the moment. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    partooDown: 'Partoo does not respond, so the key could not be checked. Try again in a minute.',
    serverDown: 'This server does not respond. Check your connection, or try again in a minute.',
    refused: 'This server refuses requests from this page.',
    other: message => `The key could not be checked. ${message}`,
  },
  invalidJson: reason => `The arguments are not valid JSON: ${reason}`,
  notAnObject: 'The arguments must be a JSON object: { … }',
  sending: 'Sending…',
  answered: (ms, characters) =>
    `${ms.toLocaleString('en')} ms · ${characters.toLocaleString('en')} characters`,
  isError: 'Error',
  locale: 'en',
};

const FRENCH: ScriptTexts = {
  copied: 'Copié',
  notCopied: 'Non copié\u00a0: sélectionnez le texte et copiez-le vous-même',
  running: 'En service',
  draining: 'Redémarrage',
  redisLost: 'En service, Redis injoignable',
  down: 'Pas de réponse',
  total: (count, tokens) =>
    `${count} ${count < 2 ? 'outil' : 'outils'} dans votre liste, ${tokens.toLocaleString('fr')} tokens`,
  noTool: 'Il ne reste aucun outil\u00a0: choisissez-en d’autres.',
  listed: 'Dans votre liste',
  notListed: 'Hors de votre liste',
  tabs: 'Clients',
  checking: 'Vérification…',
  good: 'Cette clé fonctionne.',
  goodNoAccount: count =>
    `Cette clé fonctionne. Elle voit ${count.toLocaleString('fr')} ${count < 2 ? 'établissement ouvert' : 'établissements ouverts'}.`,
  fields: {
    organization: 'Organisation',
    user: 'Utilisateur',
    role: 'Rôle',
    locations: 'Établissements',
    may: 'Droits',
  },
  restricted: 'Cet utilisateur a moins de droits que son rôle.',
  roles: {
    PROVIDER: 'Fournisseur',
    ORG_ADMIN: 'Administrateur',
    ORG_MANAGER: 'Responsable d’organisation',
    GROUP_MANAGER: 'Responsable de groupe',
    BUSINESS_MANAGER: 'Responsable d’établissement',
    PUBLISHER: 'Éditeur',
  },
  permissions: {
    business_read: 'voir les établissements',
    business_edit: 'modifier les établissements',
    business_edit_name: 'renommer les établissements',
    business_create: 'créer des établissements',
    post_create: 'publier des posts',
    post_draft: 'préparer des posts',
    review_read: 'voir les avis',
    review_reply: 'répondre aux avis',
  },
  problems: {
    rejected:
      'Partoo n’accepte pas cette clé. Copiez-la de nouveau en entier, ou créez-en une autre dans Partoo.',
    token:
      'Ce serveur n’accepte pas ce jeton\u00a0: il est inconnu, expiré ou révoqué. Adressez-vous à son responsable.',
    forbidden:
      'Partoo refuse cette clé (403)\u00a0: elle est peut-être révoquée, limitée à d’autres adresses IP, ou son utilisateur n’y a pas droit. Vérifiez-la dans Partoo.',
    placeholder: 'Ce n’est pas une clé, ou un texte à remplacer. Collez la clé elle-même.',
    limit: seconds =>
      seconds === undefined
        ? 'Trop de requêtes pour l’instant. Attendez une minute et réessayez.'
        : `Trop de requêtes pour l’instant. Réessayez dans ${seconds} ${seconds < 2 ? 'seconde' : 'secondes'}.`,
    partooDown: 'Partoo ne répond pas, la clé n’a donc pas pu être vérifiée. Réessayez dans une minute.',
    serverDown: 'Ce serveur ne répond pas. Vérifiez votre connexion, ou réessayez dans une minute.',
    refused: 'Ce serveur refuse les requêtes de cette page.',
    other: message => `La clé n’a pas pu être vérifiée. ${message}`,
  },
  invalidJson: reason => `Les arguments ne sont pas du JSON valide\u00a0: ${reason}`,
  notAnObject: 'Les arguments doivent être un objet JSON\u00a0: { … }',
  sending: 'Envoi…',
  answered: (ms, characters) =>
    `${ms.toLocaleString('fr')} ms · ${characters.toLocaleString('fr')} caractères`,
  isError: 'Erreur',
  locale: 'fr',
};

export const TEXTS: ScriptTexts = document.documentElement.lang === 'fr' ? FRENCH : ENGLISH;

export const MODEL: ScriptModel = JSON.parse(document.getElementById('model')?.textContent ?? '{}');
