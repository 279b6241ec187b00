import type { Build, Probe } from '../asking/probe.ts';
import { NotTested } from '../model/verdict.ts';
import { narrows } from './filters.ts';
import { someRows } from './lists.ts';

/** Checks of lists of figures, whose rows are about a business or a month. */

/** The first of a month, half a year ago. */
const now = new Date();
export const FROM = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 6, 1))
  .toISOString()
  .slice(0, 10);

/** The id that a row of a list is about. */
export async function idIn(probe: Probe, build: Build, list: string, field: string): Promise<string> {
  const ids = (await someRows(probe, build, list)).map(row => row[field]);
  const id = ids.find(value => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value));
  if (id === undefined) throw new NotTested(`no row of ${list} has ${field}`);
  return String(id);
}

export const byBusiness = (
  list: string,
  all: Build,
  some: (id: string) => Build,
  field: string,
  fits = (one: unknown, id: string) => one === id,
) =>
  narrows(async probe => {
    const id = await idIn(probe, all, list, field);
    return { list, all, some: some(id), fits: row => fits(row[field], id) };
  });

const month = (date: unknown) => String(date).slice(0, 7);

export const since = (list: string, all: Build, some: Build, field: string, from: string) =>
  narrows({ list, all, some, fits: row => month(row[field]) >= month(from) });

export const until = (list: string, all: Build, some: Build, field: string, to: string) =>
  narrows({ list, all, some, fits: row => month(row[field]) <= month(to) });
