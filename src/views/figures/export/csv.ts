import type { Column } from '../data/columns.ts';
import type { Row } from '../data/dataset.ts';

/**
 * Spreadsheets would run a text that begins like a formula. Those of countries with a decimal comma also begin a cell after each
 * semicolon, and some read full-width signs.
 */
const FORMULA = /(^|[;\t\r\n])(?=["\s]*[=+\-@＝＋－＠])/g;
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
  const text = value.replaceAll(FORMULA, "$1'");
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
