import type { Texts } from './types.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count < 2 ? one : many}`;

const STATES: Record<string, [word: string, meaning: string]> = {
  error: ['Erreur', 'La plateforme ne l’a pas pris.'],
  to_configure: ['À configurer', 'La plateforme doit d’abord être configurée pour cet établissement.'],
  to_validate: ['Brouillon', 'Non public tant que personne ne l’a validé dans Partoo.'],
  pending: ['En cours', 'En route : la mise en ligne prend quelques minutes.'],
  scheduled: ['Programmé', 'Paraît à sa date.'],
  live: ['En ligne', 'Public sur la plateforme.'],
  expired: ['Expiré', 'N’est plus affiché.'],
};

const PLATFORMS: Record<string, string> = {
  google_my_business: 'Google',
  facebook: 'Facebook',
  instagram: 'Instagram',
};

export const FR: Texts = {
  title: 'Posts',
  loaded: (shown, count, { number }) =>
    count === undefined || count <= shown
      ? plural(shown, 'post', 'posts')
      : `${number(shown)} posts chargés sur ${number(count)}`,
  show: 'Afficher',
  calendar: 'Calendrier',
  list: 'Liste',
  state: 'État',
  allStates: 'Tous les états',
  words: 'Mots du texte',
  search: 'Chercher',
  showMore: 'Afficher plus',
  noFurther: 'Partoo ne renvoie pas d’autres posts : précisez les filtres.',
  nothing: isFiltered => (isFiltered ? 'Aucun post ne correspond à ces filtres.' : 'Il n’y a aucun post.'),
  asAsked: filters => `Comme demandé : ${filters}`,
  shopCount: count => plural(count, 'établissement', 'établissements'),
  from: date => `à partir du ${date}`,

  previousMonth: 'Mois précédent',
  nextMonth: 'Mois suivant',
  today: 'Aujourd’hui',
  postsHere: count => plural(count, 'post', 'posts'),
  noPosts: 'aucun post',
  nothingThatDay: 'Aucun post ce jour-là.',

  stateOf: state => STATES[state]?.[0] ?? (state || 'Inconnu'),
  meaningOf: state => STATES[state]?.[1] ?? 'Un état que cette vue ne connaît pas.',
  platformOf: name => PLATFORMS[name] ?? name,
  types: { news: 'Actualité', event: 'Événement', offer: 'Offre', alert: 'Alerte' },
  ctas: {
    book: 'Réserver',
    order: 'Commander en ligne',
    shop: 'Acheter',
    learn_more: 'En savoir plus',
    sign_up: 'S’inscrire',
    call: 'Appeler',
    no_cta: 'Sans bouton',
  },
  shopOf: id => (id === undefined ? 'Établissement inconnu' : `Établissement ${id}`),
  noText: 'Sans texte',
  more: 'Plus',
  less: 'Moins',
  pictures: count => plural(count, 'image', 'images'),
  offerCode: code => `Code ${code}`,
  views: (figure, count) => `${figure} ${count < 2 ? 'vue' : 'vues'}`,
  clicks: (figure, count) => `${figure} ${count < 2 ? 'clic' : 'clics'}`,
  dateAndTime: ({ day, time }, date) => (date.length > 10 ? `${day(date)} à ${time(date)}` : day(date)),
  goesOut: (date, state) => (state === 'scheduled' ? `Paraît le ${date}` : `Pour le ${date}`),
  created: date => `Créé le ${date}`,
  until: date => `jusqu’au ${date}`,

  preview: {
    for: (shops, platforms) => `Pour ${plural(shops, 'établissement', 'établissements')} sur ${platforms}`,
    characters: (count, max) => `${count} caractères sur ${max}`,
    fits: 'Convient',
    refuses: 'Refusé en l’état',
    business: 'Votre établissement',
    now: 'Paraît tout de suite',
    draft: 'Brouillon, non public',
    goesOut: date => `Paraît le ${date}`,
    endsAt: date => `Retiré le ${date}`,
    dates: (from, to) => `${from} – ${to}`,
    localTime: 'Heure locale de l’établissement',
    linkToWebsite: 'Le site de l’établissement',
    dials: 'Appelle l’établissement',
    noTextYet: 'Le texte apparaît ici.',
    noPlatform: 'Choisissez une plateforme pour y voir le post.',
    titleNotShown: 'Le titre n’est pas affiché : une offre est annoncée par son texte.',
    problems: {
      tooLong: count => `${count} caractères de trop. Partoo refuse le post ; rien n’est coupé.`,
      needsPicture: 'Instagram exige une image.',
      newsOnly: 'Facebook ne prend que des actualités, ni événements ni offres.',
      needsDates: 'Un événement ou une offre exige un début et une fin.',
      needsTitle: 'Un événement exige un titre : son nom public.',
      datesForEvents:
        'Début et fin sont pour les événements et les offres. Pour publier une actualité plus tard, programmez-la.',
      forOffers: 'Un code et des conditions sont réservés aux offres.',
      linkNeedsButton: 'Un lien exige un bouton qui en a un.',
      endsBeforeStart: 'La fin précède le début.',
      hasPassed: 'La fin est passée.',
      tooSoon: 'Le post peut être programmé au plus tôt dans deux heures.',
      endsBeforeItGoesOut: 'Le post serait retiré avant de paraître.',
      noText: 'Écrivez un texte.',
      noShop: 'Choisissez au moins un établissement.',
      noPlatform: 'Choisissez au moins une plateforme.',
    },
  },
  outcome: {
    title: 'Nouveau post',
    sending: { word: 'Envoi…', means: 'Partoo n’a pas encore répondu.' },
    published: { word: 'Publié', means: 'Partoo l’a accepté. La mise en ligne prend quelques minutes.' },
    scheduled: { word: 'Programmé', means: 'Non public avant sa date.' },
    draft: {
      word: 'Brouillon',
      means: 'Enregistré. Non public tant que personne ne l’a validé dans Partoo.',
    },
    refused: { word: 'Refusé', means: 'Rien n’a été publié.' },
    unknown: {
      word: 'Inconnu',
      means: 'Envoyé, mais sans confirmation : le post est peut-être publié.',
    },
    check: 'Afficher son état',
    checking: 'Recherche…',
    notFound: 'Aucun post avec ce texte. Un nouveau post peut mettre quelques minutes à apparaître.',
    found: count => `${plural(count, 'post', 'posts')} avec ce texte`,
  },
};
