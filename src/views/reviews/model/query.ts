import { platformIn } from '../../kit/platforms.ts';
import type { Values } from '../../kit/values.ts';

/** The filters that the view offers, as arguments of search_reviews; the others of the call are kept as they are. */

const OFFERED = [
  'state__in',
  'partner__in',
  'gmb_rating__in',
  'tripadvisor_rating__in',
  'recommended__in',
  'keywords',
] as const;
const PAGING = ['page', 'per_page', 'detail', 'fields', 'count_by'];

export type Filters = Partial<Record<(typeof OFFERED)[number], string[]>>;

export interface Query {
  filters: Filters;
  /** Business, dates, order and whatever else the call had. */
  kept: Values;
}

export const STATES = ['not_treated', 'treated', 'deleted'] as const;
export const PLATFORMS = ['google_my_business', 'facebook', 'tripadvisor'] as const;
/** The filter by the ratings of each platform. One of them leaves no reviews of the other platforms. */
export const RATINGS = {
  google_my_business: 'gmb_rating__in',
  facebook: 'recommended__in',
  tripadvisor: 'tripadvisor_rating__in',
} as const;
export const RATING_FILTERS = Object.values(RATINGS);

export function readQuery(input: Values): Query {
  const filters: Filters = {};
  for (const name of OFFERED) {
    const items = itemsOf(input[name]);
    if (items.length > 0) filters[name] = name === 'keywords' ? items : items.map(word => toWord(word));
  }
  const isKept = ([name, value]: [string, unknown]) =>
    !(OFFERED as readonly string[]).includes(name) &&
    !PAGING.includes(name) &&
    value !== null &&
    value !== '';
  return { filters, kept: Object.fromEntries(Object.entries(input).filter(isKept)) };
}

export const argumentsOf = ({ filters, kept }: Query): Values => ({ ...kept, ...filters });

/** Models send lists as arrays, as JSON, and with commas. */
export function itemsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  if (value === undefined || value === null) return [];
  const text = String(value).trim();
  const items = /^\[.*\]$/s.test(text) ? text.slice(1, -1).replaceAll('"', '') : text;
  return items
    .split(',')
    .map(item => item.trim())
    .filter(Boolean);
}

const toWord = (text: string) => platformIn(text.toLowerCase().replaceAll(/[\s-]/g, '_'));

export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
