import { html } from '../../core/pages/html.ts';
import type { RefusalReason } from '../company-login/refusals.ts';
import type { Texts } from './texts.ts';

const list = new Intl.ListFormat('fr');
const NOUNS = {
  businesses: 'fiches d’établissement',
  reviews: 'avis',
  messages: 'messages',
  posts: 'posts',
  analytics: 'statistiques',
  account: 'compte',
};

const REFUSALS: Record<RefusalReason, string> = {
  no_email:
    'La connexion de votre entreprise n’a pas transmis d’adresse e-mail, dont ce serveur a besoin. Prévenez son responsable.',
  other_domain: 'Ce serveur n’admet pas les adresses de ce domaine. Connectez-vous avec un autre compte.',
  unverified_email:
    'La connexion de votre entreprise n’a pas vérifié que cette adresse est la vôtre. Vérifiez-la là-bas, puis réessayez.',
  private_account:
    'C’est un compte privé, qu’aucune entreprise ne gère. Connectez-vous avec le compte de votre entreprise.',
  no_member:
    'Vous n’appartenez à aucun des groupes que ce serveur admet. Demandez l’accès à son responsable, ou utilisez un autre compte.',
  no_groups:
    'La connexion de votre entreprise n’a transmis aucun groupe. Prévenez le responsable de ce serveur.',
  too_many_groups:
    'La connexion de votre entreprise n’a pas transmis vos groupes, car ils sont trop nombreux. Demandez au responsable de ce serveur de ne faire transmettre que ceux de l’application.',
  unreachable:
    'La connexion de votre entreprise est injoignable. Réessayez dans une minute, ou prévenez le responsable de ce serveur.',
  denied:
    'La connexion de votre entreprise ne vous a pas donné accès, ou vous avez annulé. Réessayez, ou utilisez un autre compte.',
  other_sign_in:
    'Cette réponse appartient à une autre connexion, ou à une connexion terminée. Recommencez depuis votre application.',
  failed:
    'La connexion auprès de votre entreprise n’a pas abouti. Réessayez, ou prévenez le responsable de ce serveur.',
};

/** With the no-break spaces that French typography asks for before `:`, `;`, `?` and `!`. */
export const FRENCH: Texts = {
  language: 'fr',
  error: 'Erreur',
  step: number => `Étape ${number} sur 2`,

  unnamedApp: 'Une application',
  notVerified: 'Non vérifié',
  nameNotVerified: 'Nom non vérifié',
  appOnThisComputer: 'Une application sur cet ordinateur',
  appOnThisDevice: scheme => `Une application qui ouvre les liens ${scheme}`,
  from: publisher => html`De ${publisher}`,
  namesAreFree: publisher =>
    `Les applications choisissent leur nom. Continuez seulement si vous faites confiance à ${publisher}.`,
  anyoneCanUseTheName: app =>
    html`N’importe quelle application peut se présenter comme ${app}. Continuez seulement si vous venez d’y démarrer cette connexion.`,
  returnsTo: website => html`Retour vers ${website}`,

  connectTitle: app => `Connecter ${app} à Partoo`,
  connect: app => html`Connecter ${app} à Partoo`,
  asks: app => html`${app} demande à\u00a0:`,
  toRead: toolsets => `Consulter vos ${list.format(toolsets.map(name => NOUNS[name]))} sur Partoo`,
  toChange: toolsets => `Modifier vos ${list.format(toolsets.map(name => NOUNS[name]))}`,
  keyLabel: 'Clé API Partoo',
  keyHint: (app, link) =>
    html`Votre clé se trouve dans Partoo, sous ${link('Paramètres → Intégrations → Clés API')}. Elle est vérifiée auprès de Partoo, et ${app} ne la voit jamais.`,
  signIn: 'Se connecter',
  continueWith: login => html`Continuer avec ${login}`,
  cancel: 'Annuler',

  allowTitle: app => `Autoriser ${app} à utiliser Partoo\u00a0?`,
  allow: app => html`Autoriser ${app} à utiliser Partoo\u00a0?`,
  owner: 'Connecté en tant que',
  useAnotherKey: 'Utiliser une autre clé',
  useAnotherAccount: 'Utiliser un autre compte',
  roles: {
    PROVIDER: 'fournisseur',
    ORG_ADMIN: 'administrateur',
    ORG_MANAGER: 'responsable d’organisation',
    GROUP_MANAGER: 'responsable de groupe',
    BUSINESS_MANAGER: 'responsable d’établissement',
    PUBLISHER: 'éditeur',
  },
  locations: count => `${count.toLocaleString('fr')}\u00a0${count < 2 ? 'établissement' : 'établissements'}`,
  permission: 'Autorisation',
  readAndWrite: {
    name: 'Lecture et écriture',
    about: 'Consulter, et modifier ou supprimer ce que vos clients voient',
  },
  readOnly: { name: 'Lecture seule', about: 'Consulter sans rien changer' },
  onlyReads: app => html`${app} peut consulter, sans rien modifier.`,
  onlyReadsByGroup: html`Votre compte n’autorise que la lecture\u00a0: rien ne peut être modifié.`,
  scope: 'Accès à',
  toolsets: {
    businesses: { name: 'Fiches d’établissement', about: 'Noms, adresses et horaires' },
    reviews: { name: 'Avis', about: 'Avis des clients et vos réponses' },
    messages: { name: 'Messages', about: 'Conversations avec les clients' },
    posts: { name: 'Posts', about: 'Posts sur vos fiches' },
    analytics: { name: 'Statistiques', about: 'Vues, clics, appels et mots-clés de recherche' },
    account: { name: 'Compte', about: 'À qui est cette clé, son rôle et ses droits' },
  },
  allowButton: 'Autoriser',
  untilWhen: app =>
    html`L’accès dure 12 heures au plus. Pour y mettre fin plus tôt, déconnectez Partoo dans ${app}.`,
  untilWhenByKey: app =>
    html`L’accès dure 90 jours au plus. Pour y mettre fin plus tôt, déconnectez Partoo dans ${app} ou révoquez la clé dans Partoo.`,

  errors: {
    missing_key: 'Saisissez votre clé API Partoo.',
    token_instead_of_key:
      'C’est un jeton pour un serveur comme celui-ci, pas une clé API Partoo. Saisissez la clé que vous trouvez dans Partoo.',
    invalid_key: 'Partoo n’accepte pas cette clé. Copiez-la de nouveau en entier, ou créez-en une autre.',
    forbidden_key:
      'Partoo n’accepte pas cette clé depuis ce serveur. Vérifiez ses droits et ses adresses IP autorisées dans Partoo.',
    partoo_unavailable:
      'Partoo ne répond pas, la clé n’a donc pas pu être vérifiée. Attendez un instant et réessayez.',
    identity_expired: 'Trop de temps s’est écoulé. Connectez-vous de nouveau.',
    no_toolset: 'Choisissez-en au moins un.',
    busy: 'Beaucoup de personnes se connectent. Attendez quelques secondes et réessayez.',
  },
  throttled: seconds =>
    `Trop de clés que Partoo n’accepte pas sont venues de votre réseau. Réessayez dans ${seconds} ${seconds < 2 ? 'seconde' : 'secondes'}.`,
  refusal: ({ reason, email }) => `${email === undefined ? '' : `${email}\u00a0: `}${REFUSALS[reason]}`,
  notices: {
    allowed: {
      title: 'Vous êtes connecté',
      message: 'Vous pourrez fermer cette page dès que l’application sera connectée.',
    },
    denied: { title: 'Rien n’a été connecté', message: 'Vous avez annulé la connexion.' },
    finished: {
      title: 'Cette connexion est terminée',
      message:
        'Vous pouvez fermer cette page et retourner à l’application. Pour vous reconnecter, recommencez là-bas.',
    },
    expired: {
      title: 'Cette connexion ne peut pas continuer',
      message:
        'Elle a expiré, ou elle a été démarrée dans un autre navigateur. Retournez à l’application et recommencez, en autorisant les cookies.',
    },
    busy: {
      title: 'Beaucoup de personnes se connectent',
      message: 'Attendez quelques secondes, puis rechargez cette page.',
    },
    unavailable: {
      title: 'La connexion est indisponible',
      message: 'Rien n’est perdu. Attendez une minute, puis rechargez cette page.',
    },
    unknown_app: {
      title: 'Cette application n’est pas connue ici',
      message:
        'Elle ne s’est pas présentée, ou il y a si longtemps que ce serveur l’a oubliée. Supprimez la connexion dans l’application et ajoutez-la de nouveau.',
    },
    refused_request: {
      title: 'L’application a demandé autre chose',
      message:
        'Ce serveur ne le propose pas, il n’y a donc rien à quoi se connecter. Signalez-le aux personnes qui font l’application\u00a0:',
    },
    failed: {
      title: 'Une erreur s’est produite',
      message:
        'Elle a été consignée pour les responsables de ce serveur. Retournez à l’application et recommencez.',
    },
  },
  returning: app => html`Retour à ${app}…`,
  returnTo: app => html`Retourner à ${app}`,
  server: host => html`Cette page appartient à ${host}, un serveur qui relie des assistants IA à Partoo.`,
};
