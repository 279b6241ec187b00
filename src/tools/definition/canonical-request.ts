import type { PartooRequest } from '../../partoo/requests/request.ts';
import { comparable } from './comparable-text.ts';

/** Equal for requests that ask the same of Partoo, however their values are spelled. Holds the customer's text. */
export const canonicalRequest = ({ method, path, body, canonicalBody = body }: PartooRequest): string =>
  JSON.stringify([method, path, canonical(canonicalBody)]);

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return comparable(value);
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, canonical(inner)]),
  );
}
