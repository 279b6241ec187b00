import type { Build, Probe } from '../asking/probe.ts';
import { confirmed, contradicted, NotTested, notTested, type Verdict } from '../model/verdict.ts';
import type { Check } from './belief.ts';
import { countOf, type Row, rowsOf, rowsWith, someRows } from './lists.ts';

interface Filter {
  list: string;
  /** The list without the filter. */
  all: Build;
  /** The list with it. */
  some: Build;
  /** Whether a row may be in the list with the filter; undefined if rows do not show that. */
  fits?: (row: Row) => boolean;
}

/** A filter leaves rows out, and only those that it should. `filter` may choose its value from a row. */
export function narrows(filter: Filter | ((probe: Probe) => Promise<Filter>)): Check {
  return async probe => judge(probe, typeof filter === 'function' ? await filter(probe) : filter);
}

/** A filter whose value is a field of a row: `valueIn` returns undefined for a row without one. */
export function narrowsTo<Value>(
  list: string,
  all: Build,
  valueIn: (row: Row) => Value | undefined,
  some: (value: Value) => Build,
  fits?: (row: Row, value: Value) => boolean,
): Check {
  return narrows(async probe => {
    const rows = await someRows(probe, all, list);
    const values = rows.flatMap(row => valueIn(row) ?? []) as Value[];
    const value = rarest(values);
    if (value === undefined) throw new NotTested(`no data: no row of ${list} has a value to filter by`);
    return { list, all, some: some(value), fits: fits && (row => fits(row, value)) };
  });
}

async function judge(probe: Probe, { list, all, some, fits }: Filter): Promise<Verdict> {
  const sample = await rowsOf(probe, all, list);
  if (sample.length === 0) return notTested(`no data: the list ${list} is empty`);
  const rows = await rowsWith(probe, some, list);
  if (fits && rows.some(row => !fits(row))) return contradicted('it returns rows that the filter leaves out');
  if (rows.length === 0) {
    const lost = fits && sample.some(fits);
    return lost ? contradicted('it returns nothing, but rows fit') : notTested('no data: no row fits');
  }
  const [allCount, someCount] = [await countOf(probe, all, list), await countOf(probe, some, list)];
  const before = allCount ?? sample.length;
  const after = someCount ?? rows.length;
  if (after < before) return confirmed();
  if (after > before) return contradicted('it returns more rows than without the filter');
  // Without a way to judge a row, an ignored filter and one that everything fits look alike.
  if (fits && !sample.every(fits)) return contradicted('it returns as many rows as without the filter');
  return notTested('no data: as many rows as without the filter, which all may fit');
}

/** Returns the value that fewest rows have: a filter by it leaves most out. */
function rarest<Value>(values: Value[]): Value | undefined {
  const counted = Map.groupBy(values, value => value);
  return [...counted.entries()].sort(([, a], [, b]) => a.length - b.length)[0]?.[0];
}
