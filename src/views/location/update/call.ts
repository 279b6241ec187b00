import { isValues, type Values } from '../../kit/values.ts';
import type { ViewProps } from '../../kit/view.tsx';

/** Where a call of update_business is. */
export type Step =
  | 'running'
  | 'confirmed'
  | 'repeated'
  | 'refused'
  | 'unknown'
  | 'inProgress'
  | 'paused'
  | 'cancelled';

/** With these codes, nothing was changed (src/mcp/responses/error-advice.ts). */
const REFUSALS = new Set([
  'missing_api_key',
  'invalid_api_key',
  'invalid_access_token',
  'permission_denied',
  'not_found',
  'invalid_input',
  'rate_limited',
  'partoo_unavailable',
  'timeout',
  'cancelled',
]);

export function stepOf({ result, isCancelled }: Pick<ViewProps, 'result' | 'isCancelled'>): Step {
  if (result?.data) return result.data.repeated === true ? 'repeated' : 'confirmed';
  if (!result) return isCancelled ? 'cancelled' : 'running';
  const { code } = result.error;
  if (code === 'in_progress') return 'inProgress';
  if (code === 'writes_paused') return 'paused';
  return REFUSALS.has(code) ? 'refused' : 'unknown';
}

export const isMade = (step: Step) => step === 'confirmed' || step === 'repeated';

/** The values that the call sets, by field. */
export function changesOf({ input, result }: Pick<ViewProps, 'input' | 'result'>, step: Step): Values {
  const { business_id, idempotency_key, ...asked } = input;
  const given = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, parsed(value)]));
  const changed = result?.data?.changed;
  if (!isMade(step) || !isValues(changed)) return given;
  // A result leaves out the fields that the call clears.
  const names = [...new Set([...Object.keys(given), ...Object.keys(changed)])];
  return Object.fromEntries(names.map(name => [name, changed[name] ?? emptyLike(given[name])]));
}

/** Models also write structures as JSON text. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const emptyLike = (given: unknown) => (Array.isArray(given) ? [] : '');
