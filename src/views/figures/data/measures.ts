import type { Language } from '../../kit/locale.ts';
import { isValues, type Values } from '../../kit/values.ts';
import { metricName, partName } from '../words/metric-names.ts';
import type { FiguresTool } from '../words/texts.ts';
import { listIn } from './sources.ts';

/** Kinds of numbers, each with its own axis. `percent` is from 0 to 100. */
export type Kind = 'count' | 'rating' | 'percent' | 'rank';

/** One number of a row. */
export interface Measure {
  /** Also its path in a row, such as `rating_distribution.5`. */
  id: string;
  label: string;
  kind: Kind;
}

/** A metric as it is asked for: one measure, or the parts of a whole. */
export interface Metric {
  id: string;
  label: string;
  kind: Kind;
  parts: boolean;
  measures: Measure[];
}

const KINDS: Record<string, Kind> = {
  average_rating: 'rating',
  average_rating_distribution: 'percent',
  rank: 'rank',
};
/** In the order in which they are drawn; `total` is their sum. */
const PARTS: Record<string, readonly string[]> = {
  rating_distribution: ['5', '4', '3', '2', '1'],
  average_rating_distribution: ['5', '4', '3', '2', '1'],
  reply_time: ['fast', 'slow', 'not_replied'],
  reply_means: ['manual', 'auto'],
};
const IMPRESSIONS = ['desktop_maps', 'desktop_search', 'mobile_maps', 'mobile_search'].map(
  name => `business_impressions_${name}`,
);
const ALL_IMPRESSIONS = 'all_impressions';
const NOT_METRICS = new Set(['date', 'bucket', 'business', 'business_id', 'keyword', 'branded']);

export const valuesOf = (tool: FiguresTool, row: Values): Values =>
  tool !== 'get_review_metrics' ? row : isValues(row.metrics) ? row.metrics : {};

/** Returns the metrics of a result, in the order in which they were asked for. */
export function metricsOf(tool: FiguresTool, input: Values, rows: Values[], language: Language): Metric[] {
  const seen = new Set(rows.flatMap(row => Object.keys(valuesOf(tool, row))));
  const asked = listIn(input.metrics);
  const ids = [...new Set([...asked.filter(id => seen.has(id)), ...seen])].filter(
    id => !(NOT_METRICS.has(id) && tool !== 'get_review_metrics') && id !== 'threshold',
  );
  if (tool === 'get_profile_keywords' && !ids.includes('count')) ids.unshift('count');
  if (IMPRESSIONS.every(id => seen.has(id))) ids.unshift(ALL_IMPRESSIONS);
  return ids
    .map(id => metricOf(id, rows.map(row => valuesOf(tool, row)[id]).find(isValues), language))
    .filter(({ measures }) => measures.length > 0);
}

function metricOf(id: string, sample: Values | undefined, language: Language): Metric {
  const kind = KINDS[id] ?? 'count';
  const label = metricName(id, language);
  const parts = PARTS[id] ?? (sample && Object.keys(sample).filter(part => typeof sample[part] === 'number'));
  if (!parts) return { id, label, kind, parts: false, measures: [{ id, label, kind }] };
  const measures = parts.map(part => ({ id: `${id}.${part}`, label: partName(part, language), kind }));
  return { id, label, kind, parts: true, measures };
}

/** Returns a number by the id of its measure. */
export function numberIn(values: Values, id: string): number | undefined {
  if (id === ALL_IMPRESSIONS) return sum(IMPRESSIONS.map(each => numberIn(values, each)));
  const [metric = '', part] = id.split('.');
  const whole = values[metric];
  const value = part === undefined ? whole : isValues(whole) ? whole[part] : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  // Partoo does not document whether these shares are of 1 or of 100.
  return isValues(whole) && metric === 'average_rating_distribution' && isOfOne(whole) ? value * 100 : value;
}

function isOfOne(shares: Values): boolean {
  const total = Object.values(shares).reduce<number>((all, share) => all + Number(share), 0);
  return total > 0 && total < 2;
}

/** A sum of which a part is unknown is unknown. */
export function sum(values: (number | undefined)[]): number | undefined {
  return values.reduce((total, value) =>
    total === undefined || value === undefined ? undefined : total + value,
  );
}
