import type { Answer } from '../support/clients.ts';
import type { Assistant } from './actor.ts';

/** How a model reads answers: their text, with the marks around what strangers wrote, and the way to the next page. */

// biome-ignore lint/suspicious/noExplicitAny: a script reads whatever JSON came
export type Row = Record<string, any>;

/** An answer's text. A script that is refused something it did not expect ends here. */
export function read({ isError, text }: Answer): Row {
  if (isError) throw new Error(text);
  return JSON.parse(text);
}

/** The error in an answer; a script that expected one and got none ends here. */
export function readError({ isError, text }: Answer): Row {
  if (!isError) throw new Error(`no error: ${text}`);
  return JSON.parse(text).error;
}

/** What a stranger wrote, without the marks around it. */
export const unmarked = (text = '') => text.replaceAll(/<\/?\d{6}>/g, '');

/** Every row of a list, by whichever way its answers say to go on. */
export async function readAll(assistant: Assistant, tool: string, args: Row = {}): Promise<Row[]> {
  const rows = new Map<unknown, Row>();
  for (let next = args; ; ) {
    const page = read(await assistant.call(tool, next));
    const found: Row[] = Object.values(page).find(Array.isArray) ?? [];
    // After a cut some rows may come again.
    for (const row of found) rows.set(row.id ?? JSON.stringify(row), row);
    if (!page.has_more) return [...rows.values()];
    next = { ...next, ...howToGoOn(page) };
  }
}

function howToGoOn({ next_page, next_cursor, note = '' }: Row): Row {
  if (next_page !== undefined) return { page: next_page };
  if (next_cursor !== undefined) return { cursor: next_cursor };
  // After a cut the note says from which page, or with how many rows from the same cursor.
  const [, page] = /\bpage (\d+)/.exec(note) ?? [];
  const [, per_page] = /\bper_page (\d+)/.exec(note) ?? [];
  if (per_page === undefined) throw new Error(`there is more, but no way to it: ${note}`);
  return { per_page: Number(per_page), ...(page !== undefined && { page: Number(page) }) };
}
