import { addDays } from '../../kit/days.ts';
import { isValues, type Values } from '../../kit/values.ts';
import { PERIODS, type Period, type Span, spanOf, today } from '../periods/periods.ts';
import type { FiguresTool } from '../words/texts.ts';

/** The differences between the three tools. */
interface Source {
  /** The list of the result. */
  rows: string;
  maxPerPage: number;
  /** The arguments for the first and the last day. */
  from: string;
  to: string;
  /** The days, today included, whose figures still change. */
  lateDays: number;
  dimensions: readonly string[];
}

export const SOURCES: Record<FiguresTool, Source> = {
  get_review_metrics: {
    rows: 'data',
    maxPerPage: 100,
    from: 'update_date__gte',
    to: 'update_date__lte',
    // Reviews arrive once a day, up to 24 h late.
    lateDays: 2,
    dimensions: [...PERIODS, 'business', 'group', 'tag', 'user'],
  },
  get_profile_metrics: {
    rows: 'metrics',
    // More rows exceed the limit of a result.
    maxPerPage: 250,
    from: 'filter_date__gte',
    to: 'filter_date__lte',
    lateDays: 5,
    dimensions: [...PERIODS, 'business'],
  },
  get_profile_keywords: {
    rows: 'keywords',
    maxPerPage: 250,
    from: 'filter_date__gte',
    to: 'filter_date__lte',
    // Partoo does not say when a month is complete; until it is over, it is not.
    lateDays: 1,
    dimensions: ['business', 'keyword', 'month', 'year', 'branded'],
  },
};

/** Hosts need not name the tool. */
export function sourceOf(tool: string | undefined, data: Values): FiguresTool {
  if (tool !== undefined && tool in SOURCES) return tool as FiguresTool;
  const names = Object.keys(SOURCES) as FiguresTool[];
  return names.find(name => Array.isArray(data[SOURCES[name].rows])) ?? 'get_review_metrics';
}

export function rowsIn(tool: FiguresTool, data: Values): Values[] {
  const rows = data[SOURCES[tool].rows];
  return Array.isArray(rows) ? rows.filter(isValues) : [];
}

/** Reads a list argument as the server does: an array, or a text with any separators. */
export function listIn(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value ?? ''];
  return [
    ...new Set(
      items.flatMap(item =>
        String(item)
          .toLowerCase()
          .split(/[^a-z0-9_]+/),
      ),
    ),
  ].filter(Boolean);
}

export interface Grouping {
  /** All dimensions, as they were asked for. */
  dimensions: string[];
  period?: Period;
}

export function groupingOf(tool: FiguresTool, input: Values, rows: Values[]): Grouping {
  const known = SOURCES[tool].dimensions;
  const asked = listIn(input.dimensions).filter(name => known.includes(name));
  const dimensions = asked.length > 0 ? asked : dimensionsSeen(tool, rows);
  const period = PERIODS.find(name => dimensions.includes(name));
  return { dimensions, ...(period && { period }) };
}

/** For a host that does not pass the arguments on. */
function dimensionsSeen(tool: FiguresTool, [row]: Values[]): string[] {
  if (!row) return [];
  if (tool === 'get_review_metrics') {
    return row.dimension === undefined ? [] : [isDate(row.dimension) ? 'day' : 'business'];
  }
  const seen = ['keyword', 'branded'].filter(name => row[name] !== undefined);
  if (row.business_id !== undefined) seen.push('business');
  if (isDate(row.date)) seen.push(PERIODS.find(name => name === row.bucket) ?? 'day');
  return seen;
}

const isDate = (value: unknown) => /^\d{4}-\d{2}-\d{2}$/.test(String(value));

export function spanAsked(tool: FiguresTool, input: Values): Span {
  const { from, to, lateDays } = SOURCES[tool];
  return spanOf(input[from], input[to], addDays(today(), -lateDays));
}
