import type * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { listOf, oneOf } from '../fields/index.ts';

type Values = Record<string, unknown>;

/** How results are shown in part: the columns by default, and the rows that a result too large loses. */
export interface View {
  /** The property that holds the rows of a list. Without it, the result is one object. */
  rows?: string;
  /** Returns the id of a row's business; its code and name are then added as `business` (mcp/calls/business-names.ts). */
  businessOf?(row: Values): unknown;
  /** The last page that Partoo serves, where it documents one. */
  lastPage?: number;
  /** The columns of a row, or fields of the object, that a caller can select. */
  columns?: readonly string[];
  /** The tool whose `fields` lists the same columns: naming them once saves tokens. */
  columnsAsIn?: string;
  /** The default: what a person needs to choose a row. */
  summary?: {
    columns: readonly string[];
    /** Makes the summary from these columns; without it, they are the summary. */
    make?(row: Values): Values;
  };
}

export interface Shown {
  detail?: 'summary' | 'full';
  fields?: string[];
}

export function viewInput({ columns, columnsAsIn, summary }: View): z.ZodRawShape {
  return {
    ...(summary && {
      detail: oneOf(['summary', 'full'], 'full: all columns, whole texts.').optional(),
    }),
    ...(columns && {
      fields: listOf(['id', ...columns], 'Columns', {
        listed: columnsAsIn ? `those of ${columnsAsIn}` : columns.join(', '),
      }).optional(),
    }),
  };
}

/** The columns to show; undefined for all. */
export const columnsOf = ({ summary }: View, { detail, fields }: Shown): readonly string[] | undefined =>
  fields ? [...new Set(['id', ...fields])] : detail === 'full' ? undefined : summary?.columns;

/** Drops columns that the result does not need, before any time is spent on reading them. */
export function chooseColumns(view: View, response: Values, shown: Shown): Values {
  const { rows } = view;
  const columns = columnsOf(view, shown);
  return columns === undefined ? response : eachRow(response, rows, row => pick(row, columns));
}

export function show({ rows, summary }: View, found: Values, { detail, fields }: Shown): Values {
  if (!summary?.make || fields || detail === 'full') return found;
  return eachRow(found, rows, summary.make);
}

export function pick(row: Values, names: readonly string[]): Values {
  const picked: Values = {};
  for (const name of names) if (row[name] !== undefined) picked[name] = row[name];
  return picked;
}

export function eachRow(from: Values, rows: string | undefined, change: (row: Values) => Values): Values {
  if (rows === undefined) return change(from);
  const list = from[rows];
  return Array.isArray(list) ? { ...from, [rows]: list.filter(isObject).map(change) } : from;
}
