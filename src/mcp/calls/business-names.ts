import { LRUCache } from 'lru-cache';
import { isObject } from '../../core/is-object.ts';
import { EVERY_STATUS, isBusinessId } from '../../partoo/api/businesses.ts';
import { type Call, timeLeft } from '../../partoo/client/call.ts';
import type { OpenPartoo, Partoo } from '../../partoo/partoo.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { columnsOf, eachRow, type Shown } from '../../tools/outputs/view.ts';

type Values = Record<string, unknown>;

/**
 * Adds `business`, the code and name, to rows that have only the id of their business. Returns undefined when there is
 * nothing to add. Never throws: without the names, rows keep their ids.
 */
export type BusinessNames = (
  tool: Tool,
  found: unknown,
  shown: Shown,
  call: Call,
) => Promise<Values | undefined>;

const KEPT_MS = 5 * 60_000;
/** In characters, with the cost of an entry: about 2,000 businesses of a key, and 20 MB of memory for all keys. */
const MAX_SIZE_OF_KEY = 400_000;
const MAX_SIZE = 8_000_000;
const ENTRY_SIZE = 150;
/** The most that one request returns. */
const MAX_NAMES = 100;
/** Names must not delay a result for long; a wait for the rate limit counts too. */
const PATIENCE_MS = 3_000;

interface Name {
  code?: string;
  name?: string;
}

/** The names that a key sees, by business id. */
type Names = LRUCache<string, Name>;

export function createBusinessNames(openPartoo: OpenPartoo): BusinessNames {
  /** By key, because keys see different businesses. */
  const known = new LRUCache<string, Names>({
    maxSize: MAX_SIZE,
    sizeCalculation: names => ENTRY_SIZE + names.calculatedSize,
  });

  return async function addNames({ view }, found, shown, call) {
    const { rows, businessOf } = view ?? {};
    if (!view || !rows || !businessOf || !isObject(found)) return undefined;
    if (columnsOf(view, shown)?.includes('business') === false) return undefined;
    const list = found[rows];
    if (!Array.isArray(list)) return undefined;
    const ids = new Set(list.filter(isObject).map(row => idIn(businessOf(row))));
    const names = await namesOf([...ids].filter(isBusinessId), call);
    return eachRow(found, rows, row => {
      const name = names.get(idIn(businessOf(row)));
      if (!name) return row;
      return { ...row, business: { ...(isObject(row.business) && row.business), ...name } };
    });
  };

  async function namesOf(ids: string[], call: Call): Promise<ReadonlyMap<string, Name>> {
    const { keyHash } = call.caller;
    const ofKey = known.get(keyHash) ?? newNames();
    const missing = ids.filter(id => !ofKey.has(id)).slice(0, MAX_NAMES);
    if (missing.length > 0) {
      const deadline = performance.now() + Math.min(PATIENCE_MS, timeLeft(call));
      const read = await readNames(openPartoo({ ...call, deadline, onWait: undefined }), missing);
      // A business without a name is not asked for again.
      if (read) for (const id of missing) ofKey.set(id, read.get(id) ?? {});
      // Anew, because its size is taken when it is set.
      known.delete(keyHash);
      known.set(keyHash, ofKey);
    }
    const names = new Map<string, Name>();
    for (const id of ids) {
      const name = ofKey.get(id);
      if (name?.name !== undefined) names.set(id, name);
    }
    return names;
  }
}

/** Without `max`, with which an LRUCache takes the memory of all its entries at once. */
const newNames = (): Names =>
  new LRUCache({
    maxSize: MAX_SIZE_OF_KEY,
    sizeCalculation: ({ code = '', name = '' }) => ENTRY_SIZE + code.length + name.length,
    ttl: KEPT_MS,
  });

const idIn = (id: unknown) => String(id ?? '').toLowerCase();

async function readNames({ businesses }: Partoo, ids: string[]): Promise<Map<string, Name> | undefined> {
  try {
    const { rows } = await businesses.search({
      business__in: ids,
      status: EVERY_STATUS,
      page: 1,
      per_page: ids.length,
    });
    return new Map(rows.filter(isObject).map(({ id, code, name }) => [idIn(id), nameOf(code, name)]));
  } catch {
    return undefined;
  }
}

const nameOf = (code: unknown, name: unknown): Name => ({
  ...(typeof code === 'string' && { code }),
  ...(typeof name === 'string' && { name }),
});
