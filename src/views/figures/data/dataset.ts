import type { Formats } from '../../kit/locale.ts';
import { isValues, type Values } from '../../kit/values.ts';
import {
  type Completeness,
  completenessOf,
  dayIn,
  type Period,
  periodsBetween,
  type Span,
  today,
} from '../periods/periods.ts';
import type { FiguresTool, FigureTexts } from '../words/texts.ts';
import { groupBy } from './group-by.ts';
import { type Measure, type Metric, metricsOf, numberIn, valuesOf } from './measures.ts';
import { groupingOf, spanAsked } from './sources.ts';

/** The subject of a row besides its period: a business, a keyword, or several of those. */
export interface Category {
  id: string;
  label: string;
  /** The code or city of a business. */
  detail: string;
}

export interface Row {
  period?: string;
  category: Category;
  values: Values;
  /** Google's upper limit of what `count` lacks. */
  below?: number;
}

export interface Dataset {
  tool: FiguresTool;
  dimensions: string[];
  period?: Period;
  /** Whether rows differ in more than their period. */
  hasCategories: boolean;
  rows: Row[];
  metrics: Metric[];
  measures: Measure[];
  /** All periods of the axis, and which are complete. */
  periods: string[];
  completeness: Completeness[];
  span: Span;
  /** Rows are still to load, so a missing row says nothing. */
  hasMore: boolean;
  hasThresholds: boolean;
}

export function readDataset(
  tool: FiguresTool,
  input: Values,
  raw: Values[],
  hasMore: boolean,
  { language }: Formats,
  texts: FigureTexts,
): Dataset {
  const { dimensions, period: asked } = groupingOf(tool, input, raw);
  const read = raw.map(row => readRow(tool, row, dimensions, asked, texts));
  // A period that cannot be read is a name like any other.
  const period = asked !== undefined && read.every(row => row.period !== undefined) ? asked : undefined;
  const rows = withUniqueLabels(read);
  const span = spanAsked(tool, input);
  const periods = period ? periodsOf(tool, rows, period, span, hasMore) : [];
  const metrics = metricsOf(tool, input, raw, language);
  return {
    tool,
    dimensions,
    ...(period && { period }),
    hasCategories: rows.some(({ category }) => category.id !== ''),
    rows,
    metrics,
    measures: metrics.flatMap(({ measures }) => measures),
    periods,
    completeness: period ? periods.map(start => completenessOf(start, period, span)) : [],
    span,
    hasMore,
    hasThresholds: rows.some(({ below }) => below !== undefined),
  };
}

/** The axis has all periods asked for, but not those whose rows are still to load. */
function periodsOf(
  tool: FiguresTool,
  rows: Row[],
  period: Period,
  { from, to }: Span,
  hasMore: boolean,
): string[] {
  const starts = rows.flatMap(({ period: start }) => start ?? []);
  if (hasMore) return periodsBetween(starts, period);
  const now = today();
  const until = to !== undefined && to < now ? to : now;
  // Google's keywords of a month come after it.
  return periodsBetween(starts, period, from, tool === 'get_profile_keywords' ? undefined : until);
}

function readRow(
  tool: FiguresTool,
  raw: Values,
  dimensions: string[],
  period: Period | undefined,
  texts: FigureTexts,
): Row {
  const values = valuesOf(tool, raw);
  const { period: start, category } =
    tool === 'get_review_metrics'
      ? readDimension(raw, dimensions, period)
      : {
          period: period && dayIn(raw.date),
          category: joinCategories(dimensions.map(name => categoryIn(raw, name, texts))),
        };
  const below = numberIn(values, 'threshold');
  return { ...(start && { period: start }), category, values, ...(below !== undefined && { below }) };
}

/** Review metrics have the values of all dimensions in one text, and their names in another. */
function readDimension(raw: Values, dimensions: string[], period: Period | undefined) {
  const dimension = text(raw.dimension);
  const name = text(raw.dimension_name) || dimension;
  const info = isValues(raw.dimension_info) ? raw.dimension_info : {};
  const detail = text(info.code) || text(info.city);
  const ids = dimension.split(',').map(id => id.trim());
  const at = period === undefined ? -1 : dimensions.indexOf(period);
  const start = at < 0 || ids.length !== dimensions.length ? undefined : dayIn(ids[at]);
  const rest = start === undefined ? ids : ids.toSpliced(at, 1);
  const label = start === undefined ? name : withoutPart(name, ids[at] ?? '');
  return {
    period: start,
    category: { id: rest.join(), label: label || rest.join(), detail: rest.length > 0 ? detail : '' },
  };
}

/** A name may contain commas, so only the date is taken out. */
function withoutPart(name: string, part: string): string {
  if (name === part) return '';
  if (name.startsWith(`${part}, `)) return name.slice(part.length + 2);
  if (name.endsWith(`, ${part}`)) return name.slice(0, -part.length - 2);
  return name.replace(`, ${part}, `, ', ');
}

function categoryIn(raw: Values, dimension: string, texts: FigureTexts): Category | undefined {
  if (dimension === 'business') {
    const { name, code } = isValues(raw.business) ? raw.business : {};
    const id = text(raw.business_id);
    return { id, label: text(name) || id, detail: text(code) };
  }
  if (dimension === 'keyword') return { id: text(raw.keyword), label: text(raw.keyword), detail: '' };
  if (dimension !== 'branded') return undefined;
  const label = raw.branded === true ? texts.branded : texts.notBranded;
  return { id: String(raw.branded), label, detail: '' };
}

function joinCategories(all: (Category | undefined)[]): Category {
  const categories = all.filter(category => category !== undefined);
  const join = (name: keyof Category, by: string) =>
    categories
      .map(category => category[name])
      .filter(part => part !== '')
      .join(by);
  return { id: join('id', ','), label: join('label', ' · '), detail: join('detail', ' · ') };
}

const text = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Different businesses may have one name. */
function withUniqueLabels(rows: Row[]): Row[] {
  const idsOf = groupBy(rows, ({ category }) => category.label);
  return rows.map(row => {
    const { id, label, detail } = row.category;
    const isShared = idsOf.get(label)?.some(({ category }) => category.id !== id);
    if (!isShared || label === '') return row;
    return { ...row, category: { id, label: `${label} (${detail || id})`, detail: '' } };
  });
}
