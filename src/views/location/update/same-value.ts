import { isValues } from '../../kit/values.ts';
import { keyOf, readPeriods } from '../hours/special-hours.ts';
import { isEmpty } from '../values/field-value.tsx';

/** Whether two values of a field mean the same. */
export function isSameField(field: string, one: unknown, other: unknown): boolean {
  return JSON.stringify(comparable(field, one)) === JSON.stringify(comparable(field, other));
}

function comparable(field: string, value: unknown): unknown {
  if (field === 'specific_hours') return readPeriods(value).map(keyOf);
  if (field === 'groups' && Array.isArray(value)) return value.map(String).toSorted();
  return withoutEmpty(value);
}

/** Partoo and results leave empty values out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter(item => item !== null);
    return items.length > 0 ? items : null;
  }
  if (isValues(value)) {
    const entries = Object.entries(value)
      .map(([name, inner]) => [name, withoutEmpty(inner)] as const)
      .filter(([, inner]) => inner !== null)
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
    return entries.length > 0 ? entries : null;
  }
  if (isEmpty(value)) return null;
  return typeof value === 'string' ? value.trim() : String(value);
}
