export type QueryValue = string | number | boolean | readonly (string | number)[] | undefined;

/**
 * Builds a query string as Partoo documents it: a list is ONE comma-separated value (`business__in=a,b`),
 * a space is `+`, and undefined or empty values are left out. Returns '' or '?…'.
 */
export function queryString(query: Record<string, QueryValue>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const items = Array.isArray(value) ? value : [value];
    pairs.push(`${name}=${items.map(encode).join(',')}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const encode = (value: unknown) => encodeURIComponent(String(value).toWellFormed()).replaceAll('%20', '+');
