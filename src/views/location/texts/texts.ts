import type { Language } from '../../kit/locale.ts';

export interface Texts {
  statuses: Record<string, string>;
  title: string;
  unnamed: string;
  readingAll: string;
  notRead: string;
  copyAddress: string;
  copied: string;
  address: string;
  phone: string;
  fax: string;
  email: string;
  website: string;
  opensOn: (day: string) => string;
  details: string;
  about: string;
  contact: string;
  photos: string;
  photo: string;
  noContact: string;
  yes: string;
  no: string;
  none: string;
  since: (day: string) => string;
  hours: {
    title: string;
    none: string;
    closed: string;
    wholeDay: string;
    notGiven: string;
    today: string;
    nextDay: string;
    midnight: string;
    openNow: string;
    closedNow: string;
    until: (time: string) => string;
    opensAt: (time: string) => string;
    exceptToday: string;
    dayUnknown: string;
    there: string;
    yours: string;
  };
  special: {
    title: string;
    none: string;
    previous: string;
    next: string;
    calendar: string;
    otherHours: string;
    upcoming: string;
    past: (count: number) => string;
    noneAhead: string;
  };
  update: {
    title: (name: string) => string;
    titleUnnamed: string;
    states: {
      running: string;
      confirmed: string;
      repeated: string;
      refused: string;
      unknown: string;
      cancelled: string;
    };
    explanations: {
      running: string;
      confirmed: string;
      repeated: string;
      refused: string;
      unknown: string;
      inProgress: string;
      paused: string;
      cancelled: string;
    };
    changes: (count: number) => string;
    now: string;
    before: string;
    after: string;
    afterThis: string;
    sets: string;
    asked: string;
    cleared: string;
    empty: string;
    same: string;
    added: string;
    removed: string;
    changed: string;
    beforeNote: (time: string) => string;
    beforeIsAfter: string;
    noBefore: string;
    reading: string;
    inListing: string;
    listingDiffers: string;
    listingUnchanged: string;
    readAt: (time: string) => string;
    readAgain: string;
    readFailed: string;
    cannotRead: string;
    dropped: (count: number) => string;
    noFields: string;
  };
}

export const TEXTS: Record<Language, Texts> = {
  en: {
    statuses: {
      open: 'Open',
      closed: 'Permanently closed',
      temporarily_closed: 'Temporarily closed',
      opening_soon: 'Opening soon',
    },
    title: 'Business listing',
    unnamed: 'Business without a name',
    readingAll: 'Reading the whole listing…',
    notRead: 'Only a part of the listing is shown: the rest could not be read.',
    copyAddress: 'Copy address',
    copied: 'Copied',
    address: 'Address',
    phone: 'Phone',
    fax: 'Fax',
    email: 'Email',
    website: 'Website',
    opensOn: day => `Opens on ${day}`,
    details: 'More details',
    about: 'Description',
    contact: 'Contact',
    photos: 'Photos',
    photo: 'Photo',
    noContact: 'The listing has no address or contact.',
    yes: 'Yes',
    no: 'No',
    none: 'None',
    since: day => `Last changed on ${day}`,
    hours: {
      title: 'Opening hours',
      none: 'The listing has no opening hours.',
      closed: 'Closed',
      wholeDay: 'Open 24 hours',
      notGiven: 'Not given',
      today: 'Today',
      nextDay: 'next day',
      midnight: 'midnight',
      openNow: 'Open now',
      closedNow: 'Closed now',
      until: time => `until ${time}`,
      opensAt: time => `opens at ${time}`,
      exceptToday: 'Special hours today',
      dayUnknown: 'The business’s time zone is not known, so no day is marked as today.',
      there: 'Today is the day at the business.',
      yours: 'Today is the day in your time zone: the listing has no place.',
    },
    special: {
      title: 'Special hours',
      none: 'No special hours are set.',
      previous: 'Previous month',
      next: 'Next month',
      calendar: 'Calendar of special hours',
      otherHours: 'Other hours',
      upcoming: 'Coming up',
      past: count => (count === 1 ? '1 that has passed' : `${count} that have passed`),
      noneAhead: 'None is coming up.',
    },
    update: {
      title: name => `Update of ${name}`,
      titleUnnamed: 'Update of a business',
      states: {
        running: 'In progress',
        confirmed: 'Accepted',
        repeated: 'Accepted earlier',
        refused: 'Not changed',
        unknown: 'Not confirmed',
        cancelled: 'Cancelled',
      },
      explanations: {
        running: 'The update is not confirmed yet.',
        confirmed: 'Partoo accepted the change. The directories show it later.',
        repeated: 'The same update was accepted earlier, and nothing was sent again.',
        refused: 'The update was not made. The listing stays as it was.',
        unknown: 'The update was sent, but Partoo did not confirm it: it may or may not have been made.',
        inProgress: 'The same update is still being made by an earlier call. This call sent nothing.',
        paused:
          'This server has paused writes. This call sent nothing; an earlier call of the same update may have been carried out.',
        cancelled:
          'The call was cancelled. It may have been sent before that, so the update may have been made.',
      },
      changes: count => (count === 1 ? '1 field' : `${count} fields`),
      now: 'Now',
      before: 'Before',
      after: 'After',
      afterThis: 'After this change',
      sets: 'This change sets',
      asked: 'Asked for',
      cleared: 'Cleared',
      empty: 'Empty',
      same: 'No difference',
      added: 'Added',
      removed: 'Removed',
      changed: 'Changed',
      beforeNote: time => `“Before” was read at ${time}, while the update was under way.`,
      beforeIsAfter:
        'It already had every value of this update: either nothing changed, or the update was made before the reading.',
      noBefore: 'What the listing had before is not known: it was not read before the update was confirmed.',
      reading: 'Reading the listing…',
      inListing: 'In the listing',
      listingDiffers: 'The listing has another value',
      listingUnchanged: 'Not in the listing yet',
      readAt: time => `The listing was last read at ${time}.`,
      readAgain: 'Read again',
      readFailed: 'The listing could not be read.',
      cannotRead: 'This connection cannot read listings, so only what the update sets is shown.',
      dropped: count =>
        count === 1
          ? '1 special period that has passed was left out.'
          : `${count} special periods that have passed were left out.`,
      noFields: 'The call names no field to change.',
    },
  },
  fr: {
    statuses: {
      open: 'Ouvert',
      closed: 'Définitivement fermé',
      temporarily_closed: 'Temporairement fermé',
      opening_soon: 'Ouvre bientôt',
    },
    title: 'Fiche d’établissement',
    unnamed: 'Établissement sans nom',
    readingAll: 'Lecture de la fiche complète…',
    notRead: 'Seule une partie de la fiche est affichée : le reste n’a pas pu être lu.',
    copyAddress: 'Copier l’adresse',
    copied: 'Copié',
    address: 'Adresse',
    phone: 'Téléphone',
    fax: 'Fax',
    email: 'E-mail',
    website: 'Site web',
    opensOn: day => `Ouvre le ${day}`,
    details: 'Plus de détails',
    about: 'Description',
    contact: 'Contact',
    photos: 'Photos',
    photo: 'Photo',
    noContact: 'La fiche n’a ni adresse ni contact.',
    yes: 'Oui',
    no: 'Non',
    none: 'Aucun',
    since: day => `Dernière modification le ${day}`,
    hours: {
      title: 'Horaires',
      none: 'La fiche n’a pas d’horaires.',
      closed: 'Fermé',
      wholeDay: 'Ouvert 24 h/24',
      notGiven: 'Non indiqué',
      today: 'Aujourd’hui',
      nextDay: 'le lendemain',
      midnight: 'minuit',
      openNow: 'Ouvert en ce moment',
      closedNow: 'Fermé en ce moment',
      until: time => `jusqu’à ${time}`,
      opensAt: time => `ouvre à ${time}`,
      exceptToday: 'Horaires exceptionnels aujourd’hui',
      dayUnknown:
        'Le fuseau horaire de l’établissement n’est pas connu : aucun jour n’est marqué comme aujourd’hui.',
      there: 'Aujourd’hui est le jour sur place.',
      yours: 'Aujourd’hui est le jour dans votre fuseau horaire : la fiche n’a pas de lieu.',
    },
    special: {
      title: 'Horaires exceptionnels',
      none: 'Aucun horaire exceptionnel.',
      previous: 'Mois précédent',
      next: 'Mois suivant',
      calendar: 'Calendrier des horaires exceptionnels',
      otherHours: 'Autres horaires',
      upcoming: 'À venir',
      past: count => (count === 1 ? '1 passé' : `${count} passés`),
      noneAhead: 'Aucun à venir.',
    },
    update: {
      title: name => `Modification de ${name}`,
      titleUnnamed: 'Modification d’un établissement',
      states: {
        running: 'En cours',
        confirmed: 'Acceptée',
        repeated: 'Déjà acceptée',
        refused: 'Non modifié',
        unknown: 'Non confirmée',
        cancelled: 'Annulée',
      },
      explanations: {
        running: 'La modification n’est pas encore confirmée.',
        confirmed: 'Partoo a accepté la modification. Les annuaires l’afficheront plus tard.',
        repeated: 'La même modification a déjà été acceptée : rien n’a été renvoyé.',
        refused: 'La modification n’a pas été faite. La fiche reste inchangée.',
        unknown:
          'La modification a été envoyée, mais Partoo ne l’a pas confirmée : elle a peut-être été faite.',
        inProgress:
          'La même modification est encore en cours par un appel précédent. Cet appel n’a rien envoyé.',
        paused:
          'Ce serveur a suspendu les écritures. Cet appel n’a rien envoyé ; un appel précédent de la même modification a peut-être eu lieu.',
        cancelled: 'L’appel a été annulé. Il a pu être envoyé avant : la modification a peut-être été faite.',
      },
      changes: count => (count === 1 ? '1 champ' : `${count} champs`),
      now: 'Actuellement',
      before: 'Avant',
      after: 'Après',
      afterThis: 'Après cette modification',
      sets: 'Cette modification définit',
      asked: 'Demandé',
      cleared: 'Vidé',
      empty: 'Vide',
      same: 'Aucune différence',
      added: 'Ajouté',
      removed: 'Supprimé',
      changed: 'Modifié',
      beforeNote: time => `« Avant » a été lu à ${time}, pendant la modification.`,
      beforeIsAfter:
        'La fiche avait déjà toutes ces valeurs : soit rien n’a changé, soit la modification a précédé la lecture.',
      noBefore:
        'Ce que la fiche contenait avant n’est pas connu : elle n’a pas été lue avant la confirmation.',
      reading: 'Lecture de la fiche…',
      inListing: 'Dans la fiche',
      listingDiffers: 'La fiche a une autre valeur',
      listingUnchanged: 'Pas encore dans la fiche',
      readAt: time => `La fiche a été lue pour la dernière fois à ${time}.`,
      readAgain: 'Relire',
      readFailed: 'La fiche n’a pas pu être lue.',
      cannotRead:
        'Cette connexion ne peut pas lire les fiches : seul ce que la modification définit est affiché.',
      dropped: count =>
        count === 1
          ? '1 période exceptionnelle passée a été laissée de côté.'
          : `${count} périodes exceptionnelles passées ont été laissées de côté.`,
      noFields: 'L’appel ne nomme aucun champ à modifier.',
    },
  },
};
