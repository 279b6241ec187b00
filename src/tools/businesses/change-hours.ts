import { setImmediate as nextTurn } from 'node:timers/promises';
import { CallError } from '../../core/call-error.ts';
import { isObject } from '../../core/is-object.ts';
import type { JobContext } from '../definition/define-tool.ts';
import { isSameHours, mergeHours, readHours, replacedHours } from './hours/merge-hours.ts';
import { type SpecificHours, withoutPast } from './hours/specific-hours.ts';
import { updateBusiness } from './update-business.ts';

type Business = Record<string, unknown>;

/** What came of one business, as set_special_hours reports it. */
interface Row {
  business_id: string;
  business?: Business;
  result: 'changed' | 'unchanged' | 'would_change' | 'not_found' | 'failed' | 'unknown' | 'not_done';
  error?: string;
  reason?: string;
  before?: SpecificHours;
  after?: SpecificHours;
}

/** Less than this is not enough for one more write and the response. */
const RESERVE_MS = 8_000;
/** Writes of a hundred businesses take longer, and colleagues can change hours meanwhile. */
const FRESH_MS = 3_000;
/** More would fill the model's context window. */
const MAX_SHOWN = 30;
/** These concern every business: going on would only fail again. */
const STOPS = new Set([
  'rate_limited',
  'partoo_unavailable',
  'timeout',
  'writes_paused',
  'invalid_api_key',
  'cancelled',
]);

/**
 * Sets special hours one business after the other, in the order of `ids`. Each run reads what is there first, so a second run
 * goes on where the first one stopped, and finds out what became of a write in doubt.
 */
export async function changeHours(
  ids: string[],
  wanted: SpecificHours,
  isDryRun: boolean,
  context: JobContext,
) {
  const reserveMs = Math.min(RESERVE_MS, context.timeLeftMs() / 2);
  let reading = await readBusinesses(ids, context);
  const rows: Row[] = [];
  let stop: CallError | undefined;
  let isLate = false;
  for (const [index, business_id] of ids.entries()) {
    isLate ||= context.timeLeftMs() < reserveMs;
    if (!stop && !isLate && performance.now() - reading.at > FRESH_MS) {
      try {
        reading = await readBusinesses(ids.slice(index), context);
      } catch (thrown) {
        // Stops, but must not lose the report of what was changed before.
        stop = toCallError(thrown, 'internal');
      }
    }
    const business = reading.found.get(business_id);
    if (!business) rows.push({ business_id, result: reading.isWhole ? 'not_found' : 'not_done' });
    else if (stop || isLate) rows.push({ ...named(business_id, business), result: 'not_done' });
    else {
      const { row, error } = await changeOne(business_id, business, wanted, isDryRun, context);
      rows.push(row);
      if (error && STOPS.has(error.code)) stop = error;
      context.progress(`${index + 1} of ${ids.length} businesses`);
      // A dry run waits for nothing: others must be served between two businesses.
      await nextTurn();
    }
  }
  return {
    note: noteOn(rows, isDryRun),
    retry_after_seconds: stop?.retryAfterSeconds,
    businesses: withFewHours(rows),
  };
}

async function readBusinesses(ids: string[], { partoo }: JobContext) {
  const at = performance.now();
  const { rows, count = 0 } = await partoo.businesses.ofAnyStatus(ids);
  const found = new Map(rows.filter(isObject).map(row => [String(row.id).toLowerCase(), row]));
  return { at, found, isWhole: count <= rows.length };
}

const named = (business_id: string, { code, name }: Business) => ({ business_id, business: { code, name } });

async function changeOne(
  business_id: string,
  business: Business,
  wanted: SpecificHours,
  isDryRun: boolean,
  { partoo, write }: JobContext,
): Promise<{ row: Row; error?: CallError }> {
  const row = named(business_id, business);
  let isSent = false;
  try {
    // A row without the field does not say that there are none.
    const whole = business.specific_hours === undefined ? await partoo.businesses.get(business_id) : business;
    const existing = readHours(whole.specific_hours);
    if (!existing) return { row: { ...row, result: 'failed', error: 'unreadable_special_hours' } };
    const longitude = Number.isFinite(business.long) ? Number(business.long) : undefined;
    const before = withoutPast(existing, new Date(), longitude);
    const after = mergeHours(before, wanted);
    if (isSameHours(before, after)) return { row: { ...row, result: 'unchanged' } };
    if (isDryRun) return { row: { ...row, result: 'would_change', before, after } };
    isSent = true;
    await write(updateBusiness, { business_id, specific_hours: after });
    const replaced = replacedHours(before, wanted);
    const isAny = replaced.open.length + replaced.close.length > 0;
    return { row: { ...row, result: 'changed', ...(isAny && { before: replaced }) } };
  } catch (thrown) {
    // A fault of ours, too, must not lose the report of what was changed before.
    const error = toCallError(thrown, isSent ? 'outcome_unknown' : 'internal');
    const { code, problems, problemsByPartoo } = error;
    const reason = [...problems, ...problemsByPartoo].join('; ');
    const result = code === 'outcome_unknown' ? 'unknown' : STOPS.has(code) ? 'not_done' : 'failed';
    return { row: { ...row, result, error: code, ...(reason && { reason }) }, error };
  }
}

const toCallError = (thrown: unknown, code: 'outcome_unknown' | 'internal') =>
  thrown instanceof CallError ? thrown : new CallError(code, 'unexpected', { cause: thrown });

/** Shows the hours of the first businesses that have some to show. */
function withFewHours(rows: Row[]): Row[] {
  let shown = 0;
  return rows.map(row => {
    const { before, after, ...without } = row;
    return before && ++shown > MAX_SHOWN ? without : row;
  });
}

const NEXT: Partial<Record<Row['result'], string>> = {
  unknown:
    'Call again with the same arguments: it reads the businesses and finds out about those that are unknown.',
  not_done:
    'Call again with the same arguments, after retry_after_seconds where given: finished businesses are skipped.',
  failed: 'Failed businesses stay as they were; error and reason say why.',
  not_found: 'Ids that were not found are wrong, or this key may not see them.',
};

function noteOn(rows: Row[], isDryRun: boolean): string {
  const counts = Map.groupBy(rows, ({ result }) => result);
  const summary = [...counts]
    .map(([result, { length }]) => `${length} ${result.replace('_', ' ')}`)
    .join(', ');
  const next = Object.entries(NEXT).flatMap(([result, text]) =>
    counts.has(result as Row['result']) ? [text] : [],
  );
  const many = rows.filter(({ before }) => before).length > MAX_SHOWN;
  return [
    `${isDryRun ? 'Dry run, nothing was changed' : 'Special hours'}: ${summary}.`,
    ...(many ? [`Hours are shown for the first ${MAX_SHOWN}.`] : []),
    ...next,
  ].join(' ');
}
