import type { Build, Probe } from '../asking/probe.ts';
import { confirmed, contradicted, notTested } from '../model/verdict.ts';
import type { Check } from './belief.ts';
import { envelopeOf, type List, type Row, rowsOf, rowsWith, someRows } from './lists.ts';

type PageOf = (page: number, perPage: number) => Build;

/** Pages start at 1, have `per_page` rows, and follow each other. */
export function pages(list: List, pageOf: PageOf, same: (row: Row) => unknown): Check {
  return async probe => {
    const first = await rowsWith(probe, pageOf(1, 2), list);
    if (first.length > 2) return contradicted('it returns more rows than per_page');
    const { page, count, max_page } = await envelopeOf(probe, pageOf(1, 2), list);
    if (typeof page === 'number' && page !== 1) return contradicted('page 1 is answered with another page');
    if (first.length < 2) return notTested('no data: fewer than two rows');
    if (typeof count === 'number' && typeof max_page === 'number' && max_page !== Math.ceil(count / 2)) {
      return contradicted('max_page is not count divided by per_page');
    }
    const second = await rowsWith(probe, pageOf(2, 2), list);
    const seen = new Set(first.map(same));
    if (second.length === 0) return notTested('no data: one page holds everything');
    return second.some(row => seen.has(same(row)))
      ? contradicted('page 2 repeats rows of page 1')
      : confirmed();
  };
}

/** As `pages`, for a list whose pages have a size of Partoo's. */
export function startsAtOne(list: List, pageOf: (page: number) => Build, same: (row: Row) => unknown): Check {
  return async probe => {
    const first = await rowsWith(probe, pageOf(1), list);
    const { page, count, max_page } = await envelopeOf(probe, pageOf(1), list);
    if (typeof page === 'number' && page !== 1) return contradicted('page 1 is answered with another page');
    if (first.length === 0) {
      return Number(count) > 0 ? contradicted('page 1 has no rows') : notTested('no data: the list is empty');
    }
    if (typeof max_page !== 'number' || max_page < 2) {
      const isWhole = typeof count !== 'number' || count <= first.length;
      return isWhole ? confirmed() : contradicted('page 1 has fewer rows than count, and no page follows');
    }
    const second = await rowsWith(probe, pageOf(2), list);
    const seen = new Set(first.map(same));
    if (second.length === 0) return contradicted('page 2 has no rows');
    return second.some(row => seen.has(same(row)))
      ? contradicted('page 2 repeats rows of page 1')
      : confirmed();
  };
}

/** The largest page that this server asks for is accepted. */
export function acceptsPerPage(list: List, build: Build, perPage: number): Check {
  return async probe => {
    const rows = await rowsWith(probe, build, list);
    return rows.length > perPage ? contradicted('it returns more rows than per_page') : confirmed();
  };
}

/** `next_cursor` continues a list, and is null at its end. */
export function cursors(list: string, pageOf: (probe: Probe, cursor?: string) => Promise<Build>): Check {
  return async probe => {
    const first = await pageOf(probe);
    const rows = await someRows(probe, first, list);
    const { next_cursor } = await envelopeOf(probe, first, list);
    if (next_cursor === undefined) return contradicted('there is no next_cursor');
    if (next_cursor === null) return notTested('no data: one page holds everything');
    if (typeof next_cursor !== 'string') return contradicted('next_cursor is no text');
    const next = await rowsWith(probe, await pageOf(probe, next_cursor), list);
    const seen = new Set(rows.map(({ id }) => id));
    return next.some(({ id }) => seen.has(id)) ? contradicted('the next page repeats rows') : confirmed();
  };
}

/**
 * A list is sorted by a field, both ways. `keyOf` returns what JavaScript compares. Of texts only the first of both ways are
 * compared: alphabets differ about spaces, case and accents.
 */
export function sorts(
  list: string,
  inOrder: { up: Build; down: Build },
  keyOf: (row: Row) => string | number | undefined,
): Check {
  return async probe => {
    const [up, down] = [
      await rowsWith(probe, inOrder.up, list),
      await rowsWith(probe, inOrder.down, list),
    ].map(rows => rows.flatMap(row => keyOf(row) ?? [])) as [(string | number)[], (string | number)[]];
    if (new Set([...up, ...down]).size < 2) return notTested('no data: nothing to sort');
    const [lowest, highest] = [up[0], down[0]];
    if (lowest === undefined || highest === undefined) return notTested('no data: nothing to sort');
    const isText = typeof lowest === 'string' && !/^\d{4}-/.test(lowest);
    const wrong = compare(lowest, highest) >= 0 || (!isText && !(isSorted(up, 1) && isSorted(down, -1)));
    return wrong ? contradicted('the rows are not in this order') : confirmed();
  };
}

const compare = (a: string | number, b: string | number) =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : letters(a).localeCompare(letters(b), 'en', { sensitivity: 'base' });

const letters = (value: string | number) => String(value).replaceAll(/[^\p{L}\p{N}]/gu, '');

const isSorted = (keys: (string | number)[], direction: number) =>
  keys.every((key, index) => index === 0 || direction * compare(keys[index - 1] ?? key, key) <= 0);

/** Partoo takes the request. */
export function accepts(list: List, build: Build): Check {
  return async probe => {
    await rowsWith(probe, build, list);
    await rowsOf(probe, build, list);
    return confirmed();
  };
}
