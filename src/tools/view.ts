import * as z from 'zod';
import { list, oneOf } from './fields.ts';

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
  summarize?(row: Values): Values;
}

export interface Shown {
  detail?: 'summary' | 'full';
  fields?: string[];
}

/** The arguments by which a caller says how much to show. */
export function viewInput({ columns, summarize }: View): z.ZodRawShape {
  return {
    ...(summarize && {
      detail: oneOf(['summary', 'full'], 'full: all columns, whole texts.').optional(),
    }),
    ...(columns && {
      fields: list(z.enum(columns), `Columns to show, such as ${columns.slice(0, 3).join(',')}.`).optional(),
    }),
  };
}

/** What was found, as far as the caller wants it. */
export function show({ rows, summarize }: View, found: Values, { detail, fields }: Shown): Values {
  if (fields) return eachRow(found, rows, row => pick(row, ['id', ...fields]));
  return summarize && detail !== 'full' ? eachRow(found, rows, summarize) : found;
}

/** Leaves out what is not there. */
export const pick = (row: Values, names: readonly string[]) =>
  Object.fromEntries(names.filter(name => row[name] !== undefined).map(name => [name, row[name]]));

function eachRow(found: Values, rows: string | undefined, change: (row: Values) => Values): Values {
  return rows === undefined ? change(found) : { ...found, [rows]: (found[rows] as Values[]).map(change) };
}
