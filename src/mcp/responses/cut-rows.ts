import type { Tool } from '../../tools/definition/define-tool.ts';
import { shorten } from '../../tools/untrusted-text/delimiters.ts';
import { answerTokens, NOTE_TOKENS } from './tokens.ts';

type Values = Record<string, unknown>;

/** To what texts are shortened in a row that is too large by itself. */
const SHORTER = [10_000, 1_000, 100];

/** A list of at most `budget` tokens: with as many of its rows as fit, and a note on how to get the others. */
export async function cutRows(tool: Tool, name: string, args: Values, found: Values, budget: number) {
  const rows = found[name] as Values[];
  const forRows = budget - (await answerTokens({ ...found, [name]: [] }, budget));
  const fitting = await rowsThatFit(rows, forRows);
  if (forRows >= 0 && fitting.length === rows.length) return found;

  const room = Math.max(0, forRows) - NOTE_TOKENS;
  let shown = await rowsThatFit(fitting, room);
  let ofRow = '';
  if (shown.length === 0 && rows[0]) {
    const row = await shortenRow(rows[0], room);
    shown = [row.shown];
    ofRow = row.note;
  }
  // How many pages there are depends on the page size, which is another one now.
  const { next_page, next_cursor, max_page, ...rest } = found;
  const all = shown.length === rows.length && forRows >= 0;
  const cut = all ? 'Cut to fit.' : `Cut to fit: ${shown.length} of the ${rows.length} rows of this page.`;
  const more = all ? found.note : howToGoOn(tool, args, found, rows.length, shown.length);
  const note = [cut, ofRow, more].filter(part => part).join(' ');
  return all ? { ...found, note, [name]: shown } : { ...rest, has_more: true, note, [name]: shown };
}

async function rowsThatFit(rows: Values[], room: number): Promise<Values[]> {
  let left = room;
  for (const [index, row] of rows.entries()) {
    left -= await answerTokens(row, left);
    if (left < 0) return rows.slice(0, index);
  }
  return rows;
}

/** A row that is too large by itself: with shorter texts, or else with nothing but its id. */
async function shortenRow(row: Values, room: number): Promise<{ shown: Values; note: string }> {
  for (const max of SHORTER) {
    const shorter = shortenTexts(row, max) as Values;
    if ((await answerTokens(shorter, room)) <= room) {
      return { shown: shorter, note: 'The texts of this row are shortened.' };
    }
  }
  const shown = row.id === undefined ? {} : { id: row.id };
  return { shown, note: 'This row is too large to be shown.' };
}

function shortenTexts(value: unknown, max: number): unknown {
  if (typeof value === 'string') return shorten(value, max);
  if (Array.isArray(value)) return value.map(item => shortenTexts(item, max));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortenTexts(inner, max)]));
}

/** How to ask for the rows that were left out. Some may come again, none is lost. */
function howToGoOn(tool: Tool, args: Values, found: Values, rows: number, shown: number): string {
  const fewer = tool.view?.columns ? ' With few columns named in fields more rows fit.' : '';
  if ('cursor' in tool.input) {
    const same = args.cursor === undefined ? 'no cursor' : 'the same cursor';
    return `To go on call again with per_page ${shown} and ${same}: that answer has a next_cursor.${fewer}`;
  }
  const seen = rowsBefore(args, found, rows) + shown;
  const size = pageSize(seen, shown);
  const page = Math.floor(seen / size) + 1;
  if (page > (tool.view?.lastPage ?? Number.POSITIVE_INFINITY)) return `To go on narrow the filters.${fewer}`;
  const again = seen % size;
  const repeated = again > 0 ? ` Its first ${again === 1 ? 'row' : `${again} rows`} you have already.` : '';
  return `To go on call again with page ${page} and per_page ${size}.${repeated}${fewer}`;
}

function rowsBefore({ page }: Values, found: Values, rows: number): number {
  const before = (typeof page === 'number' ? page : 1) - 1;
  if (before === 0) return 0;
  // The last page may be shorter than the others; it ends with the last row of all.
  return found.has_more === true ? before * rows : Math.max(0, Number(found.count ?? rows) - rows);
}

/** The largest page size, of at most `most`, with which a page begins right after the rows seen, or closest to it. */
function pageSize(seen: number, most: number): number {
  let best = most;
  for (let size = most; size > most / 2; size--) {
    if (seen % size < seen % best) best = size;
  }
  return best;
}
