import type { Column } from '../data/columns.ts';
import type { Row } from '../data/dataset.ts';

/** Spreadsheets would run a text that begins like a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;
/** Without it, Excel reads the file in the code page of the computer. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Returns the rows as in RFC 4180, with a dot in numbers and dates as YYYY-MM-DD. */
export function toCsv(columns: Column[], rows: Row[]): string {
  const lines = [
    columns.map(({ label }) => cell(label)),
    ...rows.map(row => columns.map(({ raw }) => cell(raw(row)))),
  ];
  return BYTE_ORDER_MARK + lines.map(line => `${line.join(',')}\r\n`).join('');
}

function cell(value: number | string | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
