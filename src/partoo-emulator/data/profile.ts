import { DAY } from '../model/dates.ts';
import { createRandom, seedOf } from '../model/seeded-random.ts';

export const PROFILE_METRICS = [
  'business_impressions_desktop_maps',
  'business_impressions_desktop_search',
  'business_impressions_mobile_maps',
  'business_impressions_mobile_search',
  'business_direction_requests',
  'call_clicks',
  'website_clicks',
] as const;
type ProfileMetric = (typeof PROFILE_METRICS)[number];

/** Per day, for an average business. */
const USUAL: Record<ProfileMetric, number> = {
  business_impressions_desktop_maps: 22,
  business_impressions_desktop_search: 41,
  business_impressions_mobile_maps: 120,
  business_impressions_mobile_search: 164,
  business_direction_requests: 19,
  call_clicks: 4.5,
  website_clicks: 8,
};

/** From Sunday on. */
const WEEK = [1.35, 0.8, 0.85, 0.9, 0.95, 1.1, 1.45] as const;

/** Google delivers late: counts of the last days still grow. */
const COMPLETE_AFTER_DAYS = 5;

export const HISTORY_DAYS = 730;

/** A metric of one business by day. Computed, so a complete day always has the same value. */
export function profileOf(
  businessId: string,
  metric: ProfileMetric,
  nowMs: number,
): (dayMs: number) => number {
  const size = 0.4 + createRandom(seedOf('size', businessId)).next() * 1.6;
  const seed = seedOf(businessId, metric);
  return dayMs => {
    const day = dayMs / DAY;
    const noise = 0.7 + createRandom(seed ^ Math.imul(day, 0x9e3779b1)).next() * 0.6;
    const weekday = WEEK[new Date(dayMs).getUTCDay()] ?? 1;
    const december = 1 + 0.25 * Math.cos((2 * Math.PI * (day - 350)) / 365.25);
    const growth = 1 + (day - 20_000) / 6000;
    const age = Math.floor((nowMs - dayMs) / DAY);
    const complete = Math.min(1, (age + 1) / (COMPLETE_AFTER_DAYS + 1));
    return Math.round(USUAL[metric] * size * noise * weekday * december * growth * complete);
  };
}
