import type { Language } from '../../kit/locale.ts';
import type { Period } from '../periods/periods.ts';

export type FiguresTool = 'get_review_metrics' | 'get_profile_metrics' | 'get_profile_keywords';

/** The view's texts, in both languages. */
export interface FigureTexts {
  titles: Record<FiguresTool, string>;
  by: (what: string) => string;
  dimensions: Record<string, string>;
  branded: string;
  notBranded: string;
  between: (from: string, to: string) => string;
  since: (from: string) => string;
  until: (to: string) => string;
  shops: (count: string, isOne: boolean) => string;
  week: (day: string) => string;

  chart: string;
  table: string;
  showAs: string;
  metrics: string;
  metric: string;
  exportPicture: string;
  exportCsv: string;
  copyCsv: string;
  copied: string;
  notCopied: string;
  saved: (name: string) => string;
  notSaved: string;

  noRows: string;
  noReviews: string;
  rowsShown: (shown: string, all: string | undefined) => string;
  loadRest: string;
  loadingRows: (shown: string) => string;
  rankOfLoaded: string;

  top: (count: string) => string;
  bottom: (count: string) => string;
  all: (count: string) => string;
  order: string;
  sortBy: string;
  name: string;
  code: string;
  highlighted: (count: string, all: string) => string;
  atMost: (count: string) => string;

  incomplete: string;
  incompletePeriods: (periods: string) => string;
  reasons: Record<FiguresTool, string>;
  cutPeriods: (periods: string) => string;
  noData: string;
  gaps: (missing: string, all: string, period: Period) => string;
  andMore: (count: string) => string;
  status: string;
  complete: string;
  below: (count: string) => string;
  belowNote: string;
  hiddenCounts: string;
  withoutStars: (count: string) => string;
  ratingScale: string;
  several: string;

  comparedTo: (period: string) => string;
  explore: (title: string) => string;
  describe: {
    lines: (count: string) => string;
    line: (label: string, low: string, lowAt: string, high: string, highAt: string, last: string) => string;
    none: (label: string) => string;
  };
  showRows: (count: string) => string;
}

const fewEn = (count: string, one: string, many: string) => `${count} ${count === '1' ? one : many}`;

const PERIODS_EN: Record<Period, [string, string]> = {
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
  year: ['year', 'years'],
};
const PERIODS_FR: Record<Period, [string, string]> = {
  day: ['jour', 'jours'],
  week: ['semaine', 'semaines'],
  month: ['mois', 'mois'],
  year: ['an', 'ans'],
};

export const TEXTS: Record<Language, FigureTexts> = {
  en: {
    titles: {
      get_review_metrics: 'Review metrics',
      get_profile_metrics: 'Google profile metrics',
      get_profile_keywords: 'Google search keywords',
    },
    by: what => `by ${what}`,
    dimensions: {
      day: 'day',
      week: 'week',
      month: 'month',
      year: 'year',
      business: 'business',
      group: 'group',
      tag: 'tag',
      user: 'user',
      keyword: 'keyword',
      branded: 'brand in the words',
    },
    branded: 'With the brand’s name',
    notBranded: 'Without the brand’s name',
    between: (from, to) => `${from} – ${to}`,
    since: from => `since ${from}`,
    until: to => `until ${to}`,
    shops: (count, isOne) => (isOne ? '1 business' : `${count} businesses`),
    week: day => `Week of ${day}`,

    chart: 'Chart',
    table: 'Table',
    showAs: 'Show as',
    metrics: 'Metrics',
    metric: 'Metric',
    exportPicture: 'PNG',
    exportCsv: 'CSV',
    copyCsv: 'Copy CSV',
    copied: 'The CSV is in the clipboard.',
    notCopied: 'The browser did not allow copying.',
    saved: name => `${name} was handed to the app.`,
    notSaved: 'The app did not take the file.',

    noRows: 'There are no figures for this selection.',
    noReviews: 'Only those with reviews have figures.',
    rowsShown: (shown, all) =>
      all === undefined ? `${shown} rows are shown. There are more.` : `${shown} of ${all} rows are shown.`,
    loadRest: 'Load the rest',
    loadingRows: shown => `Loading… ${shown} rows so far`,
    rankOfLoaded: 'The order is that of the loaded rows.',

    top: count => `Top ${count}`,
    bottom: count => `Bottom ${count}`,
    all: count => `All ${count}`,
    order: 'Which rows',
    sortBy: 'Sort by',
    name: 'Name',
    code: 'Code',
    highlighted: (count, all) => `${count} of ${all} highlighted`,
    atMost: count => `At most ${count} at once.`,

    incomplete: 'incomplete',
    incompletePeriods: periods => `Still incomplete (dashed in the chart): ${periods}.`,
    reasons: {
      get_review_metrics: 'Reviews arrive up to a day late.',
      get_profile_metrics: 'Google’s figures of the last 5 days still grow.',
      get_profile_keywords: 'The period is not over.',
    },
    cutPeriods: periods => `Only partly in the dates asked for (dashed in the chart): ${periods}.`,
    noData: 'no data',
    gaps: (missing, all, period) => `No data for ${missing} of ${fewEn(all, ...PERIODS_EN[period])}.`,
    andMore: count => `${count} more`,
    status: 'Status',
    complete: 'complete',
    below: count => `< ${count}`,
    belowNote:
      'Hatched: Google hides small counts. “< 15” means fewer than 15; “40 + < 15” means 40 and fewer than 15 more.',
    hiddenCounts: 'Google gives no count below a threshold; those are not shown here.',
    withoutStars: count =>
      `${fewEn(count, 'review', 'reviews')} without stars, such as Facebook recommendations.`,
    ratingScale: 'on a scale from 1 to 5',
    several: 'Views and actions',

    comparedTo: period => `vs ${period}`,
    explore: title => `${title}: values, use the arrow keys`,
    describe: {
      lines: count => `Line chart with ${fewEn(count, 'line', 'lines')}.`,
      line: (label, low, lowAt, high, highAt, last) =>
        `${label}: lowest ${low} (${lowAt}), highest ${high} (${highAt}), latest ${last}.`,
      none: label => `${label}: no data.`,
    },
    showRows: count => `Show all ${count} rows`,
  },
  fr: {
    titles: {
      get_review_metrics: 'Statistiques des avis',
      get_profile_metrics: 'Statistiques des fiches Google',
      get_profile_keywords: 'Mots-clés de recherche Google',
    },
    by: what => `par ${what}`,
    dimensions: {
      day: 'jour',
      week: 'semaine',
      month: 'mois',
      year: 'année',
      business: 'établissement',
      group: 'groupe',
      tag: 'étiquette',
      user: 'utilisateur',
      keyword: 'mot-clé',
      branded: 'présence de la marque',
    },
    branded: 'Avec le nom de la marque',
    notBranded: 'Sans le nom de la marque',
    between: (from, to) => `${from} – ${to}`,
    since: from => `depuis le ${from}`,
    until: to => `jusqu’au ${to}`,
    shops: (count, isOne) => (isOne ? '1 établissement' : `${count} établissements`),
    week: day => `Semaine du ${day}`,

    chart: 'Graphique',
    table: 'Tableau',
    showAs: 'Affichage',
    metrics: 'Indicateurs',
    metric: 'Indicateur',
    exportPicture: 'PNG',
    exportCsv: 'CSV',
    copyCsv: 'Copier le CSV',
    copied: 'Le CSV est dans le presse-papiers.',
    notCopied: 'Le navigateur n’a pas autorisé la copie.',
    saved: name => `${name} a été remis à l’application.`,
    notSaved: 'L’application n’a pas pris le fichier.',

    noRows: 'Aucun chiffre pour cette sélection.',
    noReviews: 'Seules les lignes avec des avis ont des chiffres.',
    rowsShown: (shown, all) =>
      all === undefined
        ? `${shown} lignes sont affichées. Il y en a d’autres.`
        : `${shown} lignes sur ${all} sont affichées.`,
    loadRest: 'Charger le reste',
    loadingRows: shown => `Chargement… ${shown} lignes pour l’instant`,
    rankOfLoaded: 'L’ordre est celui des lignes chargées.',

    top: count => `${count} premiers`,
    bottom: count => `${count} derniers`,
    all: count => `Tous (${count})`,
    order: 'Lignes affichées',
    sortBy: 'Trier par',
    name: 'Nom',
    code: 'Code',
    highlighted: (count, all) => `${count} sur ${all} en couleur`,
    atMost: count => `${count} au plus à la fois.`,

    incomplete: 'incomplet',
    incompletePeriods: periods => `Encore incomplet (en pointillé sur le graphique) : ${periods}.`,
    reasons: {
      get_review_metrics: 'Les avis arrivent avec jusqu’à un jour de retard.',
      get_profile_metrics: 'Les chiffres Google des 5 derniers jours augmentent encore.',
      get_profile_keywords: 'La période n’est pas terminée.',
    },
    cutPeriods: periods => `En partie hors des dates demandées (en pointillé sur le graphique) : ${periods}.`,
    noData: 'aucune donnée',
    gaps: (missing, all, period) => `Aucune donnée pour ${missing} ${PERIODS_FR[period][1]} sur ${all}.`,
    andMore: count => `${count} autres`,
    status: 'État',
    complete: 'complet',
    below: count => `< ${count}`,
    belowNote:
      'Hachuré : Google masque les petits nombres. « < 15 » signifie moins de 15 ; « 40 + < 15 » signifie 40 et moins de 15 de plus.',
    hiddenCounts: 'Google ne donne aucun nombre sous un seuil ; ces lignes n’ont pas de valeur ici.',
    withoutStars: count => `${count} avis sans étoiles, comme les recommandations Facebook.`,
    ratingScale: 'sur une échelle de 1 à 5',
    several: 'Vues et actions',

    comparedTo: period => `par rapport à ${period}`,
    explore: title => `${title} : valeurs, avec les flèches du clavier`,
    describe: {
      lines: count => `Graphique avec ${count} ${count === '1' ? 'courbe' : 'courbes'}.`,
      line: (label, low, lowAt, high, highAt, last) =>
        `${label} : minimum ${low} (${lowAt}), maximum ${high} (${highAt}), dernière valeur ${last}.`,
      none: label => `${label} : aucune donnée.`,
    },
    showRows: count => `Afficher les ${count} lignes`,
  },
};
