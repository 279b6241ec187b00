import { CallError } from '../../core/call-error.ts';
import { type QueryValue, queryString } from './query.ts';
import type { PartooRequest } from './request.ts';

/** Common HTTP servers respond 414 beyond 8 KiB for the first line, nginx by default among them. */
const MAX_LENGTH = 8_000;

type Target = Pick<PartooRequest, 'path' | 'template' | 'query'>;

/** Returns path and query. Throws `invalid_input` if they are too long for HTTP servers, with what would fit. */
export function requestTarget({ path, template, query = {} }: Target): string {
  const target = path + queryString(query);
  const excess = target.length - MAX_LENGTH;
  if (excess <= 0) return target;
  throw new CallError('invalid_input', 'the request is too long for a URL', {
    problems: [longestOf({ path, template, query }, excess)],
  });
}

/** Names the longest argument and how much of it fits. */
function longestOf({ path, template, query = {} }: Target, excess: number): string {
  const inPath = /\{(\w+)\}/.exec(template ?? '')?.[1];
  const lengths = Object.entries(query).map(([name, value]) => [name, lengthOf(value)] as const);
  const [name, length] = lengths.reduce((longest, each) => (each[1] > longest[1] ? each : longest), [
    inPath ?? '',
    path.length,
  ] as const);
  const value = query[name];
  if (!Array.isArray(value)) return `${name}: is too long for Partoo; shorten it`;
  const fitting = howManyFit(value, length - excess);
  const many = `${value.length} at once make the request too long for Partoo`;
  return fitting > 0
    ? `${name}: ${many}; give at most ${fitting} and call again for the others`
    : `${name}: ${many}; shorten them`;
}

const lengthOf = (value: QueryValue) => queryString({ '': value }).length;

function howManyFit(list: readonly (string | number)[], room: number): number {
  let used = 0;
  return list.findIndex(item => {
    used += lengthOf(item) - '?='.length + 1;
    return used > room;
  });
}
