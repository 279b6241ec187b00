import type { Language } from './locale.ts';

/** What every view says, in both languages. */
export interface CommonTexts {
  loading: string;
  cancelled: string;
  tryAgain: string;
  waitSeconds: (seconds: number) => string;
  errors: Readonly<Record<string, string>>;
  sending: string;
  unknownOutcome: string;
  find: string;
  search: string;
  more: string;
  less: string;
}

export const COMMON: Record<Language, CommonTexts> = {
  en: {
    loading: 'Loading…',
    cancelled: 'The call was cancelled.',
    tryAgain: 'Try again',
    waitSeconds: seconds => `Try again in ${seconds} s.`,
    errors: {
      rate_limited: 'Partoo’s limit per minute is used up. Nothing was sent.',
      partoo_unavailable: 'Partoo cannot be reached. Nothing was changed.',
      invalid_api_key: 'Partoo does not accept the key of this connection.',
      permission_denied: 'The user of this key may not do that.',
      not_found: 'Partoo does not know this.',
      invalid_input: 'Partoo refused this as it is.',
      writes_paused: 'This server has paused writes. Nothing was sent.',
      timeout: 'Partoo did not answer in time.',
      in_progress: 'The same write is still in progress. Nothing was sent again.',
      outcome_unknown: 'Partoo did not confirm it: it may or may not have happened.',
      cancelled: 'The call was cancelled before it was carried out.',
      missing_api_key: 'This connection has no Partoo key.',
      invalid_access_token: 'This server does not accept the access token of this connection.',
      internal: 'The server failed.',
      no_answer: 'The call could not be made.',
    },
    sending: 'Sending…',
    unknownOutcome: 'Sent, but not confirmed: it may or may not have happened.',
    find: 'Find out',
    search: 'Search',
    more: 'Show more',
    less: 'Show less',
  },
  fr: {
    loading: 'Chargement…',
    cancelled: 'L’appel a été annulé.',
    tryAgain: 'Réessayer',
    waitSeconds: seconds => `Réessayez dans ${seconds} s.`,
    errors: {
      rate_limited: 'La limite de Partoo par minute est atteinte. Rien n’a été envoyé.',
      partoo_unavailable: 'Partoo est injoignable. Rien n’a été modifié.',
      invalid_api_key: 'Partoo n’accepte pas la clé de cette connexion.',
      permission_denied: 'L’utilisateur de cette clé n’en a pas le droit.',
      not_found: 'Partoo ne connaît pas cet élément.',
      invalid_input: 'Partoo a refusé cette saisie.',
      writes_paused: 'Ce serveur a suspendu les écritures. Rien n’a été envoyé.',
      timeout: 'Partoo n’a pas répondu à temps.',
      in_progress: 'La même écriture est encore en cours. Rien n’a été envoyé de nouveau.',
      outcome_unknown: 'Partoo n’a pas confirmé : l’action a peut-être eu lieu.',
      cancelled: 'L’appel a été annulé avant d’être exécuté.',
      missing_api_key: 'Cette connexion n’a pas de clé Partoo.',
      invalid_access_token: 'Ce serveur n’accepte pas le jeton d’accès de cette connexion.',
      internal: 'Le serveur a échoué.',
      no_answer: 'L’appel n’a pas pu être fait.',
    },
    sending: 'Envoi…',
    unknownOutcome: 'Envoyé, mais sans confirmation : l’action a peut-être eu lieu.',
    find: 'Vérifier',
    search: 'Chercher',
    more: 'Afficher plus',
    less: 'Afficher moins',
  },
};
