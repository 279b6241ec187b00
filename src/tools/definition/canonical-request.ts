import { createHash } from 'node:crypto';
import type { PartooRequest } from '../../partoo/requests/request.ts';
import { comparable } from './comparable-text.ts';

/** The same for requests that ask the same of Partoo, however they are spelled: a hash, since a request holds a customer's text. */
export function fingerprint({ method, path, body, canonicalBody = body }: PartooRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, canonical(canonicalBody)]))
    .digest('hex');
}

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
