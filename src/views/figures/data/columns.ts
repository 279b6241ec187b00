import type { Formats } from '../../kit/locale.ts';
import { metricName } from '../words/metric-names.ts';
import type { PeriodNames } from '../words/period-names.ts';
import type { FigureTexts } from '../words/texts.ts';
import type { Dataset, Row } from './dataset.ts';
import { formatNumber, sortValue, valueIn } from './values.ts';

/** A column of the table. A file has the same ones. */
export interface Column {
  id: string;
  label: string;
  isNumber: boolean;
  /** The text of the table; undefined where the row has no value. */
  cell(row: Row): string | undefined;
  /** The value to sort by. */
  key(row: Row): number | string;
  /** The value in a file: numbers as they are. */
  raw(row: Row): number | string | undefined;
}

export function columnsOf(
  dataset: Dataset,
  names: PeriodNames | undefined,
  formats: Formats,
  texts: FigureTexts,
): Column[] {
  const { period, periods, completeness, dimensions, hasCategories, hasThresholds, measures, rows } = dataset;
  const columns: Column[] = [];
  const ofText = (id: string, label: string, text: (row: Row) => string) =>
    columns.push({ id, label, isNumber: false, cell: text, key: text, raw: text });

  if (period && names) {
    const start = (row: Row) => row.period ?? '';
    const label = capitalized(texts.dimensions[period] ?? period);
    const cell = (row: Row) => (row.period ? names.long(row.period) : undefined);
    columns.push({ id: 'period', label, isNumber: false, cell, key: start, raw: start });
  }
  if (hasCategories) {
    const label = dimensions.filter(name => name !== period).map(name => texts.dimensions[name] ?? name);
    ofText('category', capitalized(label.join(' · ')), ({ category }) => category.label);
  }
  if (rows.some(({ category }) => category.detail !== '')) {
    ofText('code', texts.code, ({ category }) => category.detail);
  }
  for (const measure of measures) {
    const { id } = measure;
    const label = measure.kind === 'percent' ? `${measure.label} (%)` : measure.label;
    const known = (row: Row) => valueIn(row, measure).known;
    columns.push({
      id,
      label,
      isNumber: true,
      cell(row) {
        const value = known(row);
        return value === undefined ? undefined : formatNumber(value, measure, formats);
      },
      key: row => sortValue(valueIn(row, measure)),
      raw: known,
    });
  }
  if (hasThresholds) {
    columns.push({
      id: 'threshold',
      label: metricName('threshold', formats.language),
      isNumber: true,
      cell: ({ below }) => (below === undefined ? undefined : texts.below(formats.number(below))),
      key: ({ below }) => below ?? Number.NEGATIVE_INFINITY,
      raw: ({ below }) => below,
    });
  }
  if (period) {
    const stateAt = new Map(periods.map((start, index) => [start, completeness[index]]));
    const hasRow = new Set(rows.map(row => row.period));
    ofText('status', texts.status, ({ period: start }) => {
      if (!hasRow.has(start)) return texts.noData;
      return stateAt.get(start ?? '') === 'complete' ? texts.complete : texts.incomplete;
    });
  }
  return columns;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
