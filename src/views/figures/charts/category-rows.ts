import type { Dataset, Row } from '../data/dataset.ts';
import type { Measure, Metric } from '../data/measures.ts';
import { numberIn } from '../data/measures.ts';
import { sortValue, upperLimit, valueIn } from '../data/values.ts';

/** Which rows of a comparison are shown. */
export type Choice = 'top' | 'bottom' | 'all';

export const FEW = 10;

/** Rows without a value stay last in either order. */
export function orderRows(rows: Row[], measure: Measure, locale: string, choice: Choice): Row[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  // The first rank is the best.
  const sign = (choice === 'bottom' ? -1 : 1) * (measure.kind === 'rank' ? -1 : 1);
  const keyed = rows.map(row => ({ row, key: sortValue(valueIn(row, measure)) }));
  const sorted = keyed.toSorted((a, b) => {
    if (a.key === b.key) return collator.compare(a.row.category.label, b.row.category.label);
    if (a.key === Number.NEGATIVE_INFINITY) return 1;
    if (b.key === Number.NEGATIVE_INFINITY) return -1;
    return sign * (b.key - a.key);
  });
  return sorted.map(({ row }) => row).slice(0, choice === 'all' ? undefined : FEW);
}

/**
 * The counts that the longest bar stands for. Counts share one scale, so that the bars of two metrics can be compared; it is that of
 * all rows, so that it stays when others are shown.
 */
export function longest(dataset: Dataset, metrics: Metric[]): number {
  const counts = metrics.filter(({ kind, parts }) => kind === 'count' && !parts);
  const measures = counts.flatMap(metric => metric.measures);
  return dataset.rows
    .flatMap(row => measures.map(measure => upperLimit(valueIn(row, measure)) ?? 0))
    .reduce((a, b) => Math.max(a, b), 1);
}

/** The length of a bar that is full. */
export const limitOf = ({ kind }: Measure, longestCount: number) => (kind === 'percent' ? 100 : longestCount);

export interface Part {
  measure: Measure;
  value: number;
  share: number;
}

/** The parts of a metric of one row with their shares; none where all are zero. */
export function partsOf({ values }: Row, { measures }: Metric): { parts: Part[]; total: number } {
  const known = measures.map(measure => ({ measure, value: numberIn(values, measure.id) ?? 0 }));
  const total = known.reduce((sum, { value }) => sum + value, 0);
  const parts = total === 0 ? [] : known.map(part => ({ ...part, share: part.value / total }));
  return { parts, total };
}

/** Where a rating stands on the scale from 1 to 5, from 0 to 1. */
export const ratingPlace = (rating: number) => Math.min(1, Math.max(0, (rating - 1) / 4));
