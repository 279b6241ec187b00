import type { Build, Probe } from '../asking/probe.ts';
import { confirmed, contradicted, NotTested, notTested, type Verdict } from '../model/verdict.ts';
import type { Check } from './belief.ts';
import { countOf, type List, type Row, rowsOf, rowsWith, someRows } from './lists.ts';

interface Filter {
  list: List;
  /** The list without the filter. */
  all: Build;
  /** The list with it. */
  some: Build;
  /** Whether a row may be in the list with the filter; undefined if rows do not show that. */
  fits?: (row: Row) => boolean;
  /** Whether a row probably fits, for a search by rules of Partoo's own. Another row in the list contradicts nothing. */
  probablyFits?: (row: Row) => boolean;
}

/** A filter leaves rows out, and only those that it should. `filter` may choose its value from a row. */
export function narrows(filter: Filter | ((probe: Probe) => Promise<Filter>)): Check {
  return async probe => judge(probe, typeof filter === 'function' ? await filter(probe) : filter);
}

/** A filter whose value is a field of a row: `valueIn` returns undefined for a row without one. */
export function narrowsTo<Value>(
  list: List,
  all: Build,
  valueIn: (row: Row) => Value | undefined,
  some: (value: Value) => Build,
  fits?: (row: Row, value: Value) => boolean,
): Check {
  return narrows(async probe => {
    const rows = await someRows(probe, all, list);
    const values = rows.flatMap(row => valueIn(row) ?? []) as Value[];
    const value = rarest(values);
    if (value === undefined) throw new NotTested('no data: no row has a value to filter by');
    return { list, all, some: some(value), fits: fits && (row => fits(row, value)) };
  });
}

/** A search by words of a row: other rows may be found too, as long as some are left out. */
export function searches(
  list: List,
  all: Build,
  valueIn: (row: Row) => string | undefined,
  some: (value: string) => Build,
  probablyFits: (row: Row, value: string) => boolean,
): Check {
  return narrows(async probe => {
    const rows = await someRows(probe, all, list);
    const value = rarest(rows.flatMap(row => valueIn(row) ?? []));
    if (value === undefined) throw new NotTested('no data: no row has a value to search for');
    return { list, all, some: some(value), probablyFits: row => probablyFits(row, value) };
  });
}

async function judge(probe: Probe, { list, all, some, fits, probablyFits = fits }: Filter): Promise<Verdict> {
  const sample = await rowsOf(probe, all, list);
  if (sample.length === 0) return notTested('no data: the list is empty');
  const rows = await rowsWith(probe, some, list);
  if (fits && rows.some(row => !fits(row))) return contradicted('it returns rows that the filter leaves out');
  if (rows.length === 0) {
    const lost = probablyFits && sample.some(probablyFits);
    return lost ? contradicted('it returns nothing, but rows fit') : notTested('no data: no row fits');
  }
  const [allCount, someCount] = [await countOf(probe, all, list), await countOf(probe, some, list)];
  const before = allCount ?? sample.length;
  const after = someCount ?? rows.length;
  if (after < before) return confirmed();
  if (after > before) return contradicted('it returns more rows than without the filter');
  // Two full pages of a list that does not tell its length: an ignored filter would have returned rows that do not fit.
  if (fits && allCount === undefined && !sample.every(fits)) return confirmed();
  // Without a way to judge a row, an ignored filter and one that everything fits look alike.
  if (probablyFits && !sample.every(probablyFits)) {
    return contradicted('it returns as many rows as without the filter');
  }
  return notTested('no data: as many rows as without the filter, which all may fit');
}

/** Returns the value that fewest rows have: a filter by it leaves most out. */
export function rarest<Value>(values: Value[]): Value | undefined {
  const counted = Map.groupBy(values, value => value);
  return [...counted.entries()].sort(([, a], [, b]) => a.length - b.length)[0]?.[0];
}
