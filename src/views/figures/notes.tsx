import type { Formats } from '../kit/locale.ts';
import type { Dataset } from './data/dataset.ts';
import { numberIn } from './data/measures.ts';
import { rangesOf } from './periods/periods.ts';
import type { PeriodNames } from './words/period-names.ts';
import type { FigureTexts } from './words/texts.ts';

/** More names than this are counted. */
const MAX_NAMED = 7;

/** Says how the figures must be read: which are incomplete, missing or hidden. */
export function notesOf(
  dataset: Dataset,
  names: PeriodNames | undefined,
  formats: Formats,
  texts: FigureTexts,
): string[] {
  const { tool, period, periods, completeness, rows, hasCategories, hasThresholds, hasMore, metrics } =
    dataset;
  const notes: string[] = [];
  if (period && names) {
    const named = (state: string) => {
      const starts = periods.filter((_, index) => completeness[index] === state);
      const found = rangesOf(starts, period).map(([first, last]) => names.range(first, last));
      const more = found.length - MAX_NAMED;
      const shown = more > 0 ? found.slice(0, MAX_NAMED) : found;
      return formats.list(more > 0 ? [...shown, texts.andMore(formats.number(more))] : shown);
    };
    const [late, cut] = [named('late'), named('cut')];
    if (late !== '') notes.push(`${texts.incompletePeriods(late)} ${texts.reasons[tool]}`);
    if (cut !== '') notes.push(texts.cutPeriods(cut));
    const missing = periods.length - new Set(rows.map(row => row.period)).size;
    if (!hasCategories && !hasMore && missing > 0) {
      const gaps = texts.gaps(formats.number(missing), formats.number(periods.length), period);
      notes.push(tool === 'get_review_metrics' ? `${gaps} ${texts.noReviews}` : gaps);
    }
  }
  if (hasThresholds) notes.push(texts.belowNote);
  else if (tool === 'get_profile_keywords' && rows.some(({ values }) => values.count === undefined)) {
    notes.push(texts.hiddenCounts);
  }
  const [row] = rows;
  const stars = metrics.find(({ id }) => id === 'rating_distribution');
  if (row && stars && rows.length === 1) {
    const withStars = stars.measures.reduce((sum, { id }) => sum + (numberIn(row.values, id) ?? 0), 0);
    const without = (numberIn(row.values, 'reviews_count') ?? withStars) - withStars;
    if (without > 0) notes.push(texts.withoutStars(formats.number(without)));
  }
  return notes;
}

export function Notes({ notes }: { notes: string[] }) {
  return notes.length === 0 ? null : (
    <ul class="notes note">
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
