import { canonicalUrl } from '../../partoo/api/posts.ts';
import { isSameText } from '../definition/comparable-text.ts';

/** Compares values of a row of `GET /posts` with those of a write. */

export const isNothing = (value: unknown) => value === undefined || value === null || value === '';

export const isSameOrNone = (value: unknown, asked: string | undefined) =>
  asked === undefined ? isNothing(value) : isSameText(value, asked);

/** Compares to the second. A value without a zone is in the zone of `asked`, which has none either: UTC or local. */
export function isSameTime(value: unknown, asked: string | undefined): boolean {
  if (asked === undefined) return isNothing(value);
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(String(value)) ? String(value) : `${value}Z`;
  return Math.floor(Date.parse(zoned) / 1_000) === Date.parse(`${asked}Z`) / 1_000;
}

export const isSameUrl = (one: unknown, other: string) =>
  typeof one === 'string' && canonicalUrl(one) === canonicalUrl(other);
