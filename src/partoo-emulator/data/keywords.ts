import { createRandom, seedOf } from '../model/seeded-random.ts';
import { fold } from '../model/text.ts';
import type { Business } from '../model/types.ts';

export interface KeywordMonth {
  business_id: string;
  keyword: string;
  branded: boolean;
  /** the first day of the month */
  date: string;
  /** exactly one of the two is known */
  count: number | null;
  threshold: number | null;
}

const BRANDED: readonly string[] = ['{brand}', '{brand} {city}', '{brand} {label}'];

const GENERIC: Record<string, readonly string[]> = {
  FR: [
    'boulangerie',
    'boulangerie {city}',
    'brunch {city}',
    'petit déjeuner {label}',
    'salon de thé',
    'pain au levain',
    'café {label}',
    'gâteau d’anniversaire {city}',
    'boulangerie ouverte dimanche',
    'sandwich à emporter',
  ],
  ES: [
    'panadería',
    'panadería {city}',
    'brunch {city}',
    'desayuno {label}',
    'cafetería',
    'pan de masa madre',
    'tartas por encargo {city}',
    'panadería abierta domingo',
  ],
  GB: [
    'bakery',
    'bakery {city}',
    'brunch {label}',
    'breakfast near me',
    'coffee {label}',
    'sourdough',
    'birthday cake {city}',
    'café open sunday',
  ],
};

const HISTORY_MONTHS = 24;
/** Google hides counts below this. */
const THRESHOLD = 15;

/** For the 24 full months before the current one. */
export function keywordsOf(business: Business, nowMs: number): KeywordMonth[] {
  const label = business.name.split(' ').slice(2).join(' ');
  const brand = business.name.split(' ').slice(0, 2).join(' ');
  const fill = (pattern: string) =>
    fold(pattern.replace('{brand}', brand).replace('{city}', business.city).replace('{label}', label));
  const keywords = [
    ...BRANDED.map(pattern => ({ keyword: fill(pattern), branded: true })),
    ...(GENERIC[business.country] ?? []).map(pattern => ({ keyword: fill(pattern), branded: false })),
  ];
  return lastMonths(nowMs).flatMap(date =>
    keywords.map(({ keyword, branded }) => ({
      business_id: business.id,
      keyword,
      branded,
      date,
      ...searches(business.id, keyword, date),
    })),
  );
}

function searches(businessId: string, keyword: string, date: string) {
  const usual = 4 * 10 ** (createRandom(seedOf(businessId, keyword)).next() * 2);
  const value = Math.round(usual * (0.7 + createRandom(seedOf(businessId, keyword, date)).next() * 0.6));
  return value < THRESHOLD ? { count: null, threshold: THRESHOLD } : { count: value, threshold: null };
}

function lastMonths(nowMs: number): string[] {
  const now = new Date(nowMs);
  return Array.from({ length: HISTORY_MONTHS }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - HISTORY_MONTHS + index, 1))
      .toISOString()
      .slice(0, 10),
  );
}
