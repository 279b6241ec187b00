import type { Formats } from '../../kit/locale.ts';
import type { FigureTexts } from '../words/texts.ts';
import type { Row } from './dataset.ts';
import { type Measure, numberIn } from './measures.ts';

/** The measure to which Google's thresholds belong. */
const WITH_THRESHOLD = 'count';

export interface Value {
  known: number | undefined;
  /** The real value is lower than `known` (or 0) and this together. */
  below: number | undefined;
}

export const valueIn = ({ values, below }: Row, { id }: Measure): Value => ({
  known: numberIn(values, id),
  below: id === WITH_THRESHOLD ? below : undefined,
});

/** The most that a value can be: what an axis must hold. */
export const upperLimit = ({ known, below }: Value): number | undefined =>
  known === undefined && below === undefined ? undefined : (known ?? 0) + (below ?? 0);

/** To order rows: a value that is only known to be small comes after those that are known. */
export const sortValue = ({ known, below }: Value): number =>
  known ?? (below === undefined ? Number.NEGATIVE_INFINITY : -1 / below);

export function formatNumber(value: number, { kind }: Measure, { locale, number, percent }: Formats): string {
  if (kind === 'rating') return new Intl.NumberFormat(locale, RATING).format(value);
  if (kind === 'percent') return percent(value / 100);
  return kind === 'rank' ? `#${number(value)}` : number(value);
}

const RATING = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/** Returns undefined for a value that is missing. */
export function formatValue(value: Value, measure: Measure, formats: Formats, texts: FigureTexts) {
  const { known, below } = value;
  const parts = [
    ...(known === undefined ? [] : [formatNumber(known, measure, formats)]),
    ...(below === undefined ? [] : [texts.below(formats.number(below))]),
  ];
  return parts.length === 0 ? undefined : parts.join(' + ');
}
