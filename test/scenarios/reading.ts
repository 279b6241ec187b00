import type { ToolResult } from '../support/clients.ts';
import type { Assistant } from './actor.ts';

/** Reads results as a model does: their text, with its delimiters, and the way to the next page. */

// biome-ignore lint/suspicious/noExplicitAny: a script reads whatever JSON came
export type Row = Record<string, any>;

/** The result of a call. Throws on an error that the script did not expect. */
export function read({ isError, text }: ToolResult): Row {
  if (isError) throw new Error(text);
  return JSON.parse(text);
}

/** The error of a call. Throws if there is none. */
export function readError({ isError, text }: ToolResult): Row {
  if (!isError) throw new Error(`no error: ${text}`);
  return JSON.parse(text).error;
}

export const undelimited = (text = '') => text.replaceAll(/<\/?\d{6}>/g, '');

/** Reads every page of a list, as its results say. */
export async function readAll(assistant: Assistant, tool: string, args: Row = {}): Promise<Row[]> {
  const rows = new Map<unknown, Row>();
  for (let next = args; ; ) {
    const page = read(await assistant.call(tool, next));
    const found: Row[] = Object.values(page).find(Array.isArray) ?? [];
    // After a cut, some rows may be repeated.
    for (const row of found) rows.set(row.id ?? JSON.stringify(row), row);
    if (!page.has_more) return [...rows.values()];
    next = { ...next, ...nextPage(page) };
  }
}

function nextPage({ next_page, next_cursor, note = '' }: Row): Row {
  if (next_page !== undefined) return { page: next_page };
  if (next_cursor !== undefined) return { cursor: next_cursor };
  // After a cut, the note names the next page, or the number of rows with the same cursor.
  const [, page] = /\bpage (\d+)/.exec(note) ?? [];
  const [, per_page] = /\bper_page (\d+)/.exec(note) ?? [];
  if (per_page === undefined) throw new Error(`there are more rows, but no hint for the next page: ${note}`);
  return { per_page: Number(per_page), ...(page !== undefined && { page: Number(page) }) };
}
