/** Returns the type of a value, without the value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'text' : typeof value;
}

const MAX_NAMES = 12;

/**
 * Whether a name may be shown: names of an API are words of a few letters. A name with digits may be an id or a date, and one
 * with capitals, spaces or accents what a customer wrote.
 */
const isNameOfApi = (name: string) => /^[a-z]{1,20}(?:_[a-z]{1,20}){0,5}$/.test(name);

/** Returns the names in an object, without those that may be data. Not for maps, whose names are ids. */
export function namesIn(value: object): string[] {
  const names = Object.keys(value).filter(isNameOfApi);
  return names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES), '…'] : names;
}

/** Describes an answer by its type and the types of its parts: `{page: integer, reviews: list}`. */
export function shapeOf(value: unknown, depth = 1): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth < 0) return typeOf(value);
  const parts = namesIn(value).map(name =>
    name === '…' ? name : `${name}: ${shapeOf((value as Record<string, unknown>)[name], depth - 1)}`,
  );
  return `{${parts.join(', ')}}`;
}
