import { DAY, epochSeconds, isoDay } from '../model/dates.ts';
import { ORG_1, ORG_2 } from '../model/keys.ts';
import { createRandom, hexId, type Random, seedOf } from '../model/seeded-random.ts';
import type { Business, BusinessStatus, OpenHours, SpecificHours } from '../model/types.ts';
import { BAKERY_PLACES, PATISSERIE_PLACES, type Place } from './places.ts';

export interface Group {
  id: number;
  org_id: number;
  name: string;
}

export const GROUPS: readonly Group[] = [
  { id: 101, org_id: ORG_1, name: 'Île-de-France' },
  { id: 102, org_id: ORG_1, name: 'France, régions' },
  { id: 103, org_id: ORG_1, name: 'España' },
  { id: 104, org_id: ORG_1, name: 'United Kingdom' },
  { id: 105, org_id: ORG_1, name: 'Flagships' },
  { id: 201, org_id: ORG_2, name: 'Pâtisserie Lumen' },
];

const FLAGSHIPS = new Set(['PAR/01', 'LYON 1', 'MAD#1', 'BCN-2', 'LON-1']);

const STATUSES: ReadonlyMap<string, BusinessStatus> = new Map([
  ['PAR/07', 'closed'],
  ['LIL-2', 'closed'],
  ['BOD-3', 'temporarily_closed'],
  ['VLC-2', 'temporarily_closed'],
  ['LON-4', 'opening_soon'],
  ['NTE_É3', 'opening_soon'],
]);

const LANGUAGES = { FR: 'fr', ES: 'es', GB: 'en' } as const;
type Lang = (typeof LANGUAGES)[keyof typeof LANGUAGES];

interface Trade {
  org_id: number;
  brand: string;
  domain: string;
  categories: string[];
  short: Partial<Record<Lang, string>>;
  long: Partial<Record<Lang, string>>;
}

const BAKERY: Trade = {
  org_id: ORG_1,
  brand: 'Maison Solène',
  domain: 'maison-solene.example',
  categories: ['gcid:bakery', 'gcid:cafe'],
  short: {
    fr: 'Boulangerie-café : pain au levain, viennoiseries et brunch',
    es: 'Panadería y café: pan de masa madre, bollería y brunch',
    en: 'Bakery and café: sourdough, pastries and weekend brunch',
  },
  long: {
    fr: 'Nos boulangers pétrissent chaque nuit un pain au levain naturel, à partir de farines de petits moulins français. Sur place ou à emporter : viennoiseries pur beurre, tartines, soupes de saison et cafés de spécialité. Brunch le week-end, sans réservation.',
    es: 'Nuestros panaderos amasan cada noche pan de masa madre con harinas de pequeños molinos. Para tomar aquí o para llevar: bollería de mantequilla, tostadas, sopas de temporada y café de especialidad. Brunch el fin de semana, sin reserva.',
    en: 'Our bakers work through the night on naturally leavened bread made with flour from small mills. Eat in or take away: all-butter pastries, open sandwiches, seasonal soups and speciality coffee. Walk-in brunch at weekends.',
  },
};

const PATISSERIE: Trade = {
  org_id: ORG_2,
  brand: 'Pâtisserie Lumen',
  domain: 'patisserie-lumen.example',
  categories: ['gcid:pastry_shop', 'gcid:tea_house'],
  short: { fr: 'Pâtisserie et salon de thé : gâteaux de saison et pains spéciaux' },
  long: {
    fr: 'Gâteaux de saison, pains spéciaux et chocolats faits sur place. Salon de thé ouvert l’après-midi, commandes d’anniversaire 48 h à l’avance.',
  },
};

export function seedBusinesses(nowMs: number): Business[] {
  return [
    ...BAKERY_PLACES.map(place => business(BAKERY, place, nowMs)),
    ...PATISSERIE_PLACES.map(place => business(PATISSERIE, place, nowMs)),
  ];
}

function business(trade: Trade, place: Place, nowMs: number): Business {
  const random = createRandom(seedOf('business', place.code));
  const lang = LANGUAGES[place.country];
  const slug = place.label
    .normalize('NFD')
    .replace(/[^A-Za-z]+/g, '-')
    .toLowerCase();
  const created = nowMs - random.int(800, 1500) * DAY - random.int(0, DAY);
  const status = STATUSES.get(place.code) ?? 'open';
  const photo = (name: string) => `https://photos.${trade.domain}/${slug}/${name}.jpg`;

  return {
    id: hexId('business', place.code),
    created: epochSeconds(created),
    modified: epochSeconds(nowMs - random.int(1, 90) * DAY - random.int(0, DAY)),
    code: place.code,
    status,
    opening_date: status === 'opening_soon' ? isoDay(nowMs + random.int(20, 60) * DAY) : isoDay(created),
    org_id: trade.org_id,
    groups: groupsOf(trade, place),
    name: `${trade.brand} ${place.label}`,
    address: place.street,
    address_full: place.street,
    address2: random.chance(0.1) ? 'Centre commercial, niveau 0' : null,
    city: place.city,
    zipcode: place.zipcode,
    region: place.region,
    country: place.country,
    default_lang: lang,
    categories: [...trade.categories],
    time_slot_reference: [],
    open_hours: openHours(trade, place, random),
    specific_hours: specificHours(nowMs, random),
    description_short: trade.short[lang] ?? null,
    description_long: random.chance(0.9) ? (trade.long[lang] ?? null) : null,
    website_url: `https://www.${trade.domain}/${slug}`,
    facebook_url: random.chance(0.7)
      ? `https://www.facebook.com/${trade.domain.split('.')[0]}.${slug}`
      : null,
    twitter_url: null,
    google_location_id: `ChIJ${hexId('google', place.code).slice(0, 23)}`,
    facebook_page_id: random.chance(0.7) ? String(random.int(100000000, 999999999)) : null,
    national_identification_number:
      place.country === 'FR' ? `${random.int(100000000, 999999999)}00019` : null,
    logo_url: `https://photos.${trade.domain}/logo.png`,
    contacts: [contact(trade, place, slug, random)],
    photos: {
      LOGO: `https://photos.${trade.domain}/logo.png`,
      primary: photo('front'),
      secondary: ['counter', 'room', 'team'].slice(0, random.int(0, 3)).map(photo),
    },
    lat: place.lat,
    long: place.long,
    subscriptions: {
      presence_management: { active: true },
      review_management: { active: true },
      review_booster: { active: random.chance(0.4) },
      messages: { active: random.chance(0.8) },
    },
    features: random.chance(0.5) ? ['wheelchair_accessible', 'takeaway'] : ['takeaway'],
  };
}

function groupsOf(trade: Trade, place: Place): number[] {
  if (trade === PATISSERIE) return [201];
  const byCountry = { FR: place.city === 'Paris' ? 101 : 102, ES: 103, GB: 104 };
  return FLAGSHIPS.has(place.code) ? [byCountry[place.country], 105] : [byCountry[place.country]];
}

function contact(trade: Trade, place: Place, slug: string, random: Random) {
  const digits = String(random.int(10000000, 99999999));
  const phone = { FR: `+331${digits}`, ES: `+349${digits}`, GB: `+4420${digits}` }[place.country];
  return { name: trade.brand, email: `${slug}@${trade.domain}`, phone_numbers: [phone], fax: null };
}

function openHours(trade: Trade, place: Place, random: Random): OpenHours {
  const week = (weekday: string[], saturday: string[], sunday: string[], monday = weekday): OpenHours => ({
    monday,
    tuesday: weekday,
    wednesday: weekday,
    thursday: weekday,
    friday: weekday,
    saturday,
    sunday,
  });
  if (trade === PATISSERIE) return week(['09:30-12:30', '14:00-19:00'], ['09:30-18:30'], [], []);
  if (place.country === 'ES') return week(['08:30-14:00', '17:00-20:30'], ['09:00-21:00'], ['09:00-14:30']);
  if (place.country === 'GB') return week(['07:00-18:00'], ['08:00-18:00'], ['08:30-17:00']);
  const opens = random.pick(['07:00', '07:30']);
  const closesOnMonday = random.chance(0.3);
  return week([`${opens}-19:30`], ['07:30-20:00'], ['08:00-13:30'], closesOnMonday ? [] : undefined);
}

/** Closed at Christmas, or for works on one day. */
function specificHours(nowMs: number, random: Random): SpecificHours {
  const year = isoDay(nowMs).slice(0, 4);
  const eve = { starts_at: `${year}-12-24`, ends_at: `${year}-12-24`, open_hours: ['08:00-16:00'] };
  const works = isoDay(nowMs + random.int(10, 40) * DAY);
  return {
    open: random.chance(0.4) ? [eve] : [],
    close: [
      ...(random.chance(0.5) ? [{ starts_at: `${year}-12-25`, ends_at: `${year}-12-26` }] : []),
      ...(random.chance(0.1) ? [{ starts_at: works, ends_at: works }] : []),
    ],
  };
}
