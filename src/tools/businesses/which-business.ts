import { CallError } from '../../core/call-error.ts';
import type { BusinessQuery } from '../../partoo/api/businesses.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { NumberedPage } from '../../partoo/responses/page.ts';

/**
 * Partoo takes a store code as `c-{code}` where an id could stand, and a code may begin with `c-` itself. Written as documented it
 * has one meaning; `C-101` has two: the store 101 or the store C-101.
 */
const hasTwoMeanings = (businessId: string) => businessId.startsWith('C-');

const PREFIX = 'c-';

/** Returns the business. Throws `invalid_input` when there is one for either meaning, which both are named then. */
export async function getWhicheverIsMeant(businessId: string, { businesses }: Partoo) {
  if (!hasTwoMeanings(businessId)) return businesses.get(businessId);
  const code = businessId.slice(PREFIX.length);
  const getIfThere = (id: string) =>
    businesses.get(id).catch(error => {
      if (error instanceof CallError && error.code === 'not_found') return undefined;
      throw error;
    });
  const [short, whole] = await Promise.all([getIfThere(PREFIX + code), getIfThere(PREFIX + businessId)]);
  const found = short ?? whole;
  if (!found) throw new CallError('not_found', 'no store has the code, with or without its prefix');
  if (!short || !whole || short.id === whole.id) return found;
  throw new CallError('invalid_input', 'a store code has two meanings', {
    problems: [
      `business_id: there is a store with the code ${code} and one with the code ${businessId}; ` +
        `give ${PREFIX}${code} for the first, ${PREFIX}${businessId} for the second, or an id`,
    ],
  });
}

/** The business to write to, as Partoo takes it: never one of two that may be meant. */
export const idToWrite = async (businessId: string, partoo: Partoo): Promise<string> =>
  hasTwoMeanings(businessId) ? String((await getWhicheverIsMeant(businessId, partoo)).id) : businessId;

/** Searches for a store code as it is, and without the `c-` that it has where an id could stand. */
export async function searchByEitherCode(
  query: BusinessQuery,
  { businesses }: Partoo,
): Promise<NumberedPage> {
  const { code } = query;
  if (code === undefined || code.length <= PREFIX.length || !/^c-/i.test(code))
    return businesses.search(query);
  const [short, whole] = await Promise.all([
    businesses.search({ ...query, code: code.slice(PREFIX.length) }),
    businesses.search(query),
  ]);
  if (whole.rows.length === 0) return short;
  if (short.rows.length === 0) return whole;
  return {
    rows: [...short.rows, ...whole.rows],
    page: short.page,
    maxPage: Math.max(short.maxPage ?? 1, whole.maxPage ?? 1),
    count: (short.count ?? short.rows.length) + (whole.count ?? whole.rows.length),
  };
}
