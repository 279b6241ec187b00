import { isObject } from '../../core/is-object.ts';
import type { Build, Probe } from '../asking/probe.ts';
import { namesIn, typeOf } from '../model/shape.ts';
import { confirmed, contradicted, notTested } from '../model/verdict.ts';
import type { Check } from './belief.ts';
import { type List, type Row, rowsWith, someRows } from './lists.ts';

/** Kinds of value; a `?` marks a field that rows need not have. Null is a value of every kind. */
const KINDS = {
  text: (value: unknown) => typeof value === 'string',
  integer: (value: unknown) => Number.isInteger(value) || isLongId(value),
  number: (value: unknown) => typeof value === 'number',
  boolean: (value: unknown) => typeof value === 'boolean',
  list: (value: unknown) => Array.isArray(value),
  object: isObject,
  businessId: (value: unknown) => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value),
  day: (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  /** UTC without a zone, as this server reads it. */
  utcTime: (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value),
  messageTime: (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?\+00:?00$/.test(value),
  epochSeconds: (value: unknown) => typeof value === 'number' && value > 1e8 && value < 1e11,
};

type Kind = keyof typeof KINDS;
export type Fields = Record<string, Kind | `${Kind}?`>;

/** Integers beyond 2^53 are parsed as their digits. */
const isLongId = (value: unknown) => typeof value === 'string' && /^\d{16,}$/.test(value);

type Source = (probe: Probe) => Promise<Row[]>;

export const rowsIn =
  (build: Build, list: List): Source =>
  probe =>
    someRows(probe, build, list);

/** As `rowsIn`, where a refusal contradicts the belief. */
export const rowsAskedFor =
  (build: Build, list: List): Source =>
  probe =>
    rowsWith(probe, build, list);

/** Objects inside rows: of a field that holds one, or a list of them. */
export const inside =
  (source: Source, field: string): Source =>
  async probe =>
    (await source(probe)).flatMap(row => row[field] ?? []).filter(isObject);

/** Rows have these fields, of these kinds. */
export function hasFields(source: Source, fields: Fields): Check {
  return async probe => {
    const rows = await source(probe);
    if (rows.length === 0) return notTested('no data: no row has it');
    const findings = Object.entries(fields).map(([name, kind]) => examine(rows, name, kind));
    const wrong = findings.flatMap(({ wrong }) => wrong ?? []);
    if (wrong.length > 0) return contradicted(`${wrong.join('; ')}${newNames(rows, fields, wrong)}`);
    const unseen = findings.flatMap(({ unseen }) => unseen ?? []);
    if (unseen.length === findings.length) return notTested('no data: every value is null');
    return confirmed(unseen.length > 0 ? `always null or absent: ${unseen.join(', ')}` : undefined);
  };
}

function examine(rows: Row[], name: string, wanted: Fields[string]): { wrong?: string; unseen?: string } {
  const optional = wanted.endsWith('?');
  const kind = wanted.replace('?', '') as Kind;
  if (rows.every(row => !(name in row))) return optional ? { unseen: name } : { wrong: `no row has ${name}` };
  const values = rows.map(row => row[name]).filter(value => value !== null && value !== undefined);
  if (values.length === 0) return { unseen: name };
  const odd = values.find(value => !KINDS[kind](value));
  return odd === undefined ? {} : { wrong: `${name} is ${typeOf(odd)}, not ${kind}` };
}

/** Where a field is missing, the fields that this server does not know help to find its new name. */
function newNames(rows: Row[], fields: Fields, wrong: string[]): string {
  if (!wrong.some(text => text.startsWith('no row has'))) return '';
  const names = namesIn(rows[0] ?? {}).filter(name => !(name in fields));
  return names.length > 0 ? `; other fields: ${names.join(', ')}` : '';
}

/** Every value of a field is one of these words. */
export function hasWords(source: Source, field: string, words: readonly string[]): Check {
  return async probe => {
    const values = (await source(probe)).map(row => row[field]).filter(value => typeof value === 'string');
    if (values.length === 0) return notTested('no data: no row has it');
    return values.every(value => words.includes(value))
      ? confirmed()
      : contradicted(`${field} has other words than ${words.join(', ')}`);
  };
}

/** Every row that has a value passes. `detail` says what is wrong with one that does not. */
export function everyRow(
  source: Source,
  valueIn: (row: Row) => unknown,
  fits: (value: unknown) => boolean,
  detail: string,
): Check {
  return async probe => {
    const values = (await source(probe)).map(valueIn).filter(value => value !== undefined && value !== null);
    if (values.length === 0) return notTested('no data: no row has it');
    return values.every(fits) ? confirmed() : contradicted(detail);
  };
}
