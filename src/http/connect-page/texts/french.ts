import { html } from '../../../core/pages/html.ts';
import { FRENCH_CLIENTS } from './french-clients.ts';
import type { Texts } from './texts.ts';

const number = (value: number) => value.toLocaleString('fr');

/** With the no-break spaces that French typography asks for before `:`, `;`, `?` and `!`. */
export const FRENCH: Texts = {
  language: 'fr',
  title: 'Serveur MCP Partoo',
  intro: partoo =>
    html`Confiez votre présence locale sur ${partoo} à votre assistant IA\u00a0: fiches d’établissement, avis, messages, posts et statistiques Google.`,
  skip: 'Aller au contenu',
  address: 'Adresse MCP',
  copy: 'Copier',
  copyOf: what => `Copier\u00a0: ${what}`,
  sections: {
    connect: 'Connecter votre assistant',
    check: 'Vérifier votre clé',
    tools: 'Outils',
    ask: 'Que demander',
    demo: 'Essayer ici',
  },
  running: 'En service',
  environments: {
    production: 'Partoo production',
    sandbox: 'Partoo sandbox',
    demo: 'Démo avec des données d’exemple',
    custom: 'Partoo à une adresse de l’exploitant',
  },
  limitsIn: { Redis: 'Limites partagées dans Redis', process: 'Limites dans ce processus' },

  needs: {
    signIn: by =>
      `L’adresse suffit aux applications\u00a0: elles ouvrent une page où vous vous connectez ${by === 'key' ? 'avec votre clé Partoo' : 'avec le compte de votre entreprise'} et choisissez ce que l’assistant peut faire.`,
    programs: {
      key: 'Les programmes peuvent envoyer la clé dans un en-tête.',
      'team-token': 'Les programmes envoient un jeton d’équipe, que crée le responsable de ce serveur.',
      'access-token': 'Les programmes envoient le jeton d’accès.',
    },
    key: link =>
      html`Il vous faut votre clé API Partoo\u00a0: dans Partoo, sous ${link('Paramètres → Intégrations → Clés API')}. Elle est transmise à Partoo à chaque appel et n’est conservée nulle part ici.`,
    keyToSignIn: link =>
      html`La clé se trouve dans Partoo, sous ${link('Paramètres → Intégrations → Clés API')}.`,
    token: {
      'access-token': 'Il vous faut le jeton d’accès de ce serveur\u00a0: son responsable le détient.',
      'team-token': 'Il vous faut un jeton personnel\u00a0: le responsable de ce serveur le crée pour vous.',
    },
    nothing: 'Les programmes de cette machine n’ont besoin d’aucun identifiant.',
    demo: key => html`C’est la démo\u00a0: chaque extrait fonctionne tel quel, avec la clé ${key}.`,
  },
  needsHttps: 'Les applications web exigent une adresse en https joignable depuis internet.',

  filters: {
    legend: 'Ce que reçoit l’assistant',
    readonly: 'Lecture seule',
    readonlyAbout: 'Aucun outil qui écrit',
    operatorReadOnly: 'Ce serveur ne fait que lire\u00a0: son responsable a désactivé l’écriture.',
    toolsets: 'Outils',
    default: 'Liste par défaut',
    all: 'Tous',
    everything: 'Tout ce qui est proposé',
    without: html`Ajoutez <code>?readonly=true</code> à l’adresse pour n’avoir que des outils de lecture, et <code>?toolsets=reviews,messages</code> pour certains groupes d’outils.`,
  },

  clients: FRENCH_CLIENTS,

  check: {
    about: {
      key: 'Collez une clé pour savoir si Partoo l’accepte, à qui elle est et ce qu’elle permet. Cette page l’envoie une fois à ce serveur et ne la conserve pas.',
      'access-token':
        'Collez le jeton d’accès pour savoir si ce serveur l’accepte, et à quoi il donne accès. Cette page ne le conserve pas.',
      'team-token':
        'Collez votre jeton pour savoir si ce serveur l’accepte, et à quoi il donne accès. Cette page ne le conserve pas.',
    },
    label: { key: 'Clé API Partoo', 'access-token': 'Jeton d’accès', 'team-token': 'Jeton d’équipe' },
    button: 'Vérifier',
  },

  tools: {
    about: cost =>
      html`Chaque outil de la liste coûte des tokens au modèle dans chaque conversation (comptés avec o200k). ${cost}`,
    columns: { tool: 'Outil', access: 'Accès', tokens: 'Tokens' },
    effects: { reads: 'Lit', adds: 'Écrit', replaces: 'Écrit', deletes: 'Supprime' },
    optional: 'facultatif',
    listed: 'Dans votre liste',
    notListed: 'Hors de votre liste',
    total: (count, tokens) =>
      `${number(count)} ${count < 2 ? 'outil' : 'outils'} dans votre liste, ${number(tokens)} tokens`,
    asJson: 'La liste en JSON',
    toolsets: {
      businesses: 'Établissements',
      reviews: 'Avis',
      messages: 'Messages',
      posts: 'Posts',
      analytics: 'Statistiques',
      account: 'Compte',
    },
    summaries: {
      search_businesses: 'Trouver des établissements',
      get_business: 'Tout sur un établissement',
      update_business: 'Modifier une fiche\u00a0: nom, horaires, contacts, descriptions',
      set_special_hours: 'Fermer ou ouvrir plusieurs établissements certains jours',
      check_business_update: 'Vérifier une modification selon les règles de Google et Facebook',
      get_publisher_states: 'Quelles fiches sont connectées, et ce qui ne va pas',
      get_completion_stats: 'Taux de complétion des fiches',
      list_groups: 'Groupes d’établissements',
      search_categories: 'Trouver des catégories Google',
      search_reviews: 'Trouver et compter des avis',
      reply_to_review: 'Publier une réponse à un avis',
      get_review_metrics: 'Notes, nombres et délais de réponse par boutique et période',
      create_review_reply_template: 'Enregistrer un modèle de réponse',
      update_review: 'Marquer un avis comme traité ou non',
      update_review_reply: 'Modifier une réponse publiée',
      delete_review_reply: 'Supprimer une réponse publiée',
      list_review_reply_templates: 'Modèles de réponse enregistrés',
      delete_review_reply_template: 'Supprimer un modèle de réponse',
      suggest_review_reply: 'La suggestion de réponse de Partoo',
      list_conversations: 'Conversations avec les clients',
      list_messages: 'Messages d’une conversation',
      send_message: 'Envoyer un message à un client',
      get_conversation: 'État d’une conversation',
      update_conversation: 'Fermer, rouvrir ou confier une conversation',
      mark_conversation_read: 'Marquer une conversation comme lue',
      list_message_templates: 'Textes enregistrés pour les messages',
      create_post: 'Publier, programmer ou préparer un post',
      search_posts: 'Trouver des posts, leur état, vues et clics',
      update_post: 'Modifier un post',
      delete_post: 'Supprimer un post',
      get_profile_metrics: 'Vues, appels, clics et itinéraires des fiches Google',
      get_profile_keywords: 'Ce que les gens ont cherché avant de voir une fiche',
      get_account: 'À qui est la clé, et ce qu’elle permet',
    },
  },

  ask: {
    about:
      'Copiez-en une dans votre assistant. Il vous montre ce qu’il écrirait ou changerait avant de le faire.',
    copyPrompt: 'cette question',
  },

  demo: {
    keys: 'Clés de la démo',
    keysAbout: {
      'demo-admin': 'Voit et modifie tous les établissements de Maison Solène',
      'demo-colleague': 'Un autre administrateur de Maison Solène',
      'demo-manager': 'Ne voit et ne modifie que les cinq boutiques de Lyon',
      'demo-other': 'Administrateur d’une autre organisation, Pâtisserie Lumen',
      'demo-reader': 'Une clé restreinte d’un administrateur\u00a0: lecture seule',
      'demo-revoked': 'Une clé révoquée\u00a0: chaque appel est refusé',
    },
    playground: 'Bac à sable',
    playgroundAbout:
      'Appelez un outil et lisez la réponse telle que la reçoit un modèle. Les écritures ne changent que les données d’exemple.',
    tool: 'Outil',
    asKey: 'Clé',
    arguments: 'Arguments (JSON)',
    send: 'Envoyer',
    answer: 'Réponse',
    needsScript: 'Le bac à sable a besoin de JavaScript.',
  },
  footer: version =>
    `partoo-mcp ${version}. Un projet indépendant, pas un produit de Partoo. Tout sur cette page vient de ce serveur\u00a0; elle ne dépose aucun cookie.`,
};
