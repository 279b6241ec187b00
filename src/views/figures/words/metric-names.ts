import type { Language } from '../../kit/locale.ts';

type Names = Record<string, Record<Language, string>>;

/** The metrics of the three tools, as people call them. */
const METRICS: Names = {
  average_rating: { en: 'Average rating', fr: 'Note moyenne' },
  reviews_count: { en: 'Reviews', fr: 'Avis' },
  rating_distribution: { en: 'Reviews by stars', fr: 'Avis par étoiles' },
  average_rating_distribution: { en: 'Share of stars', fr: 'Part des étoiles' },
  reply_time: { en: 'Reply time', fr: 'Délai de réponse' },
  reply_means: { en: 'Kind of reply', fr: 'Mode de réponse' },
  rank: { en: 'Rank', fr: 'Rang' },
  business_impressions_desktop_maps: { en: 'Views on Maps, desktop', fr: 'Vues sur Maps, ordinateur' },
  business_impressions_desktop_search: {
    en: 'Views in Search, desktop',
    fr: 'Vues dans la recherche, ordinateur',
  },
  business_impressions_mobile_maps: { en: 'Views on Maps, mobile', fr: 'Vues sur Maps, mobile' },
  business_impressions_mobile_search: { en: 'Views in Search, mobile', fr: 'Vues dans la recherche, mobile' },
  all_impressions: { en: 'All views', fr: 'Toutes les vues' },
  business_direction_requests: { en: 'Direction requests', fr: 'Demandes d’itinéraire' },
  call_clicks: { en: 'Calls', fr: 'Appels' },
  website_clicks: { en: 'Website clicks', fr: 'Clics vers le site' },
  count: { en: 'Searches', fr: 'Recherches' },
  threshold: { en: 'Fewer than', fr: 'Moins de' },
};

/** The parts of a metric that counts several things. */
const PARTS: Names = {
  1: { en: '1 star', fr: '1 étoile' },
  2: { en: '2 stars', fr: '2 étoiles' },
  3: { en: '3 stars', fr: '3 étoiles' },
  4: { en: '4 stars', fr: '4 étoiles' },
  5: { en: '5 stars', fr: '5 étoiles' },
  fast: { en: 'Replied within 48 h', fr: 'Réponse sous 48 h' },
  slow: { en: 'Replied later', fr: 'Réponse plus tard' },
  not_replied: { en: 'No reply', fr: 'Sans réponse' },
  manual: { en: 'Written by hand', fr: 'Rédigées' },
  auto: { en: 'Automatic', fr: 'Automatiques' },
};

/** A metric that Partoo added later keeps its own name. */
const nameIn = (names: Names, id: string, language: Language) =>
  names[id]?.[language] ?? id.replaceAll('_', ' ');

export const metricName = (id: string, language: Language) => nameIn(METRICS, id, language);
export const partName = (id: string, language: Language) => nameIn(PARTS, id, language);
