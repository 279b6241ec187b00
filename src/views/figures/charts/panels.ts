import type { Dataset, Row } from '../data/dataset.ts';
import { groupBy } from '../data/group-by.ts';
import type { Kind, Measure, Metric } from '../data/measures.ts';
import { sortValue, valueIn } from '../data/values.ts';
import type { FigureTexts } from '../words/texts.ts';
import { partColor, seriesColor } from './colors.ts';

export interface Line {
  id: string;
  label: string;
  color: string;
  measure: Measure;
  /** One for each period; undefined where there is no row. */
  rows: (Row | undefined)[];
  /** Grey, behind the others. */
  isMuted: boolean;
}

/** One chart, with one axis: values of different kinds never share one. */
export interface Panel {
  id: string;
  title: string;
  kind: Kind;
  lines: Line[];
}

/** One line for each selected metric, in one panel for each kind of number. */
export function panelsOfMetrics(dataset: Dataset, metrics: Metric[], texts: FigureTexts): Panel[] {
  const rowAt = new Map(dataset.rows.map(row => [row.period, row]));
  const rows = dataset.periods.map(period => rowAt.get(period));
  const line = (measure: Measure, color: string): Line => ({
    id: measure.id,
    label: measure.label,
    color,
    measure,
    rows,
    isMuted: false,
  });
  const ofParts = metrics
    .filter(({ parts }) => parts)
    .map(({ id, label, kind, measures }) => ({
      id,
      title: label,
      kind,
      lines: measures.map((measure, index) => line(measure, partColor(measure, index))),
    }));
  const single = metrics.filter(({ parts }) => !parts).flatMap(({ measures }) => measures);
  const all = dataset.metrics.filter(({ parts }) => !parts).flatMap(({ measures }) => measures);
  const ofKinds = [...groupBy(single, ({ kind }) => kind)].map(([kind, measures]) => ({
    id: kind,
    title: measures.length === 1 ? (measures[0]?.label ?? '') : texts.several,
    kind,
    // A metric keeps its color when another is left out.
    lines: measures.map(measure => line(measure, seriesColor(all.indexOf(measure)))),
  }));
  return [...ofKinds, ...ofParts];
}

export interface Series {
  id: string;
  label: string;
  rows: (Row | undefined)[];
}

/** One series for each category, the largest first. */
export function seriesOf(dataset: Dataset, measure: Measure): Series[] {
  const at = new Map(dataset.periods.map((period, index) => [period, index]));
  return [...groupBy(dataset.rows, ({ category }) => category.id)]
    .map(([id, members]) => {
      const rows: (Row | undefined)[] = dataset.periods.map(() => undefined);
      for (const row of members) rows[at.get(row.period ?? '') ?? -1] = row;
      const values = members.map(row => sortValue(valueIn(row, measure))).filter(Number.isFinite);
      const total = values.reduce((all, value) => all + value, 0);
      const size = measure.kind === 'count' ? total : total / Math.max(1, values.length);
      return { id, label: members[0]?.category.label ?? id, rows, size: values.length > 0 ? size : -1 };
    })
    .toSorted((a, b) => b.size - a.size);
}

export function panelOfSeries(measure: Measure, series: Series[], highlighted: readonly string[]): Panel {
  const lines = series.map(({ id, label, rows }): Line => {
    const place = highlighted.indexOf(id);
    const isMuted = place < 0;
    return { id, label, color: isMuted ? '--muted' : seriesColor(place), measure, rows, isMuted };
  });
  // Drawn in this order: the grey ones lie behind.
  const drawn = [...lines.filter(line => line.isMuted), ...lines.filter(line => !line.isMuted)];
  return { id: measure.id, title: measure.label, kind: measure.kind, lines: drawn };
}
