import { mapStrings } from '../../core/json-values.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { pick } from '../../tools/outputs/view.ts';
import { shorten } from '../../tools/untrusted-text/delimiters.ts';
import { countTokens, NOTE_TOKENS } from './count-tokens.ts';

type Values = Record<string, unknown>;

/** Lengths to shorten the texts of a row to, one after the other, when it is too large alone. */
const TEXT_LENGTHS = [10_000, 1_000, 100];

/** Returns a list of at most `budget` tokens: as many of its rows as fit, and a note on how to get the others. */
export async function truncateRows(tool: Tool, name: string, args: Values, result: Values, budget: number) {
  const rows = result[name] as Values[];
  const forRows = budget - (await countTokens({ ...result, [name]: [] }, budget));
  const fitting = await rowsThatFit(rows, forRows);
  if (forRows >= 0 && fitting.length === rows.length) return result;

  const room = Math.max(0, forRows) - NOTE_TOKENS;
  let shown = await rowsThatFit(fitting, room);
  let onRow = '';
  if (shown.length === 0 && rows[0]) {
    const row = await shortenRow(rows[0], room);
    shown = [row.shown];
    onRow = row.note;
  }
  // They hold only for the page size of this request, and the note suggests another one.
  const { next_page, next_cursor, max_page, ...rest } = result;
  const isComplete = shown.length === rows.length && forRows >= 0;
  const cut = isComplete
    ? 'Cut to fit.'
    : `Cut to fit: ${shown.length} of the ${rows.length} rows of this page.`;
  if (tool.job) {
    // Its own note says what has been done.
    const rest = isComplete ? undefined : 'For the others, call again with them alone.';
    const note = [result.note, cut, onRow, rest].filter(part => part).join(' ');
    return { ...result, note, [name]: shown };
  }
  const more = isComplete ? result.note : howToContinue(tool, args, result, rows.length, shown.length);
  const note = [cut, onRow, more].filter(part => part).join(' ');
  return isComplete ? { ...result, note, [name]: shown } : { ...rest, has_more: true, note, [name]: shown };
}

async function rowsThatFit(rows: Values[], room: number): Promise<Values[]> {
  let left = room;
  for (const [index, row] of rows.entries()) {
    left -= await countTokens(row, left);
    if (left < 0) return rows.slice(0, index);
  }
  return rows;
}

/** Returns a row that is too large alone with shorter texts, or else with nothing but its id. */
async function shortenRow(row: Values, room: number): Promise<{ shown: Values; note: string }> {
  for (const length of TEXT_LENGTHS) {
    const shown = mapStrings(row, text => shorten(text, length)) as Values;
    if ((await countTokens(shown, room)) <= room) {
      return { shown, note: 'The texts of this row are shortened.' };
    }
  }
  return { shown: pick(row, ['id', 'business_id']), note: 'This row is too large to show.' };
}

/** How to request the rows that were left out. Some may be repeated, none is skipped. */
function howToContinue(tool: Tool, args: Values, result: Values, rows: number, shown: number): string {
  const fewer = tool.view?.columns ? ' More rows fit with few columns in fields.' : '';
  if ('cursor' in tool.input) {
    const same = args.cursor === undefined ? 'no cursor' : 'the same cursor';
    return `To go on, call again with per_page ${shown} and ${same}: the result has a next_cursor.${fewer}`;
  }
  const seen = rowsBefore(args, result, rows) + shown;
  const page = Math.floor(seen / shown) + 1;
  const isServed = page <= (tool.view?.lastPage ?? Number.POSITIVE_INFINITY);
  if (!isServed || !('per_page' in tool.input)) return `To go on, narrow the filters.${fewer}`;
  const again = seen % shown;
  const repeated = again > 0 ? ` You have its first ${again === 1 ? 'row' : `${again} rows`} already.` : '';
  return `To go on, call again with page ${page} and per_page ${shown}.${repeated}${fewer}`;
}

function rowsBefore({ page }: Values, result: Values, rows: number): number {
  const before = (typeof page === 'number' ? page : 1) - 1;
  if (before === 0) return 0;
  // The last page may be shorter, so count back from the last row of all.
  return result.has_more === true ? before * rows : Math.max(0, Number(result.count ?? rows) - rows);
}
