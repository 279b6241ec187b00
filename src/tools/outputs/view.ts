import type * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { listOf, oneOf } from '../fields/index.ts';

type Values = Record<string, unknown>;

/** How much of what a tool has found is shown. */
export interface View {
  /**
   * The property that holds the rows of a list: what is left out from the end of an answer that is too large.
   * None: the answer is one object.
   */
  rows?: string;
  /** The last page that Partoo serves, where it documents one. */
  lastPage?: number;
  /** The columns of a row, or fields of the object, that a caller can name. */
  columns?: readonly string[];
  /** A row as it is shown to whoever asks for nothing else: what it takes to choose one. */
  summary?: {
    columns: readonly string[];
    /** Makes it of these columns, where it is more than they are. */
    make?(row: Values): Values;
  };
}

export interface Shown {
  detail?: 'summary' | 'full';
  fields?: string[];
}

/** The arguments by which a caller says how much to show. */
export function viewInput({ columns, summary }: View): z.ZodRawShape {
  return {
    ...(summary && {
      detail: oneOf(['summary', 'full'], 'full: all columns, whole texts.').optional(),
    }),
    ...(columns && {
      fields: listOf(['id', ...columns], 'Columns besides id', { examples: columns.slice(0, 3) }).optional(),
    }),
  };
}

/** What Partoo has answered, with no columns but those that are shown or needed for it: the others cost reading. */
export function chooseColumns({ rows, summary }: View, answer: Values, { detail, fields }: Shown): Values {
  const columns = fields ? [...new Set(['id', ...fields])] : detail === 'full' ? undefined : summary?.columns;
  return columns === undefined ? answer : eachRow(answer, rows, row => pick(row, columns));
}

/** What was found, as it is shown. */
export function show({ rows, summary }: View, found: Values, { detail, fields }: Shown): Values {
  if (!summary?.make || fields || detail === 'full') return found;
  return eachRow(found, rows, summary.make);
}

/** Leaves out what is not there. */
export function pick(row: Values, names: readonly string[]): Values {
  const picked: Values = {};
  for (const name of names) if (row[name] !== undefined) picked[name] = row[name];
  return picked;
}

function eachRow(from: Values, rows: string | undefined, change: (row: Values) => Values): Values {
  if (rows === undefined) return change(from);
  const list = from[rows];
  return Array.isArray(list) ? { ...from, [rows]: list.filter(isObject).map(change) } : from;
}
