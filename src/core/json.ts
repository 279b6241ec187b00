/**
 * JSON whose integers keep all their digits. JavaScript rounds integers above 2^53: two reviews would share an id, and
 * a reply would reach another customer.
 */

/** The id of a review, message, group and so on: a number where JavaScript holds it exactly, else its digits. */
export type NumericId = number | string;

/**
 * Returns whether a JSON text may hold an integer that JavaScript rounds: fewer than 16 digits are exact. Digits
 * inside a string may match too, which only makes parsing slower.
 */
export const hasLongIntegers = (json: string): boolean => /(?:^|[:,[])\s*-?\d{16}/.test(json);

/** Parses JSON like JSON.parse, but returns an integer that JavaScript would round as a string of its digits. */
export function parseJson(json: string): unknown {
  return hasLongIntegers(json) ? JSON.parse(json, keepDigits as Reviver) : JSON.parse(json);
}

/** TypeScript's library does not know the third parameter (JSON.parse source text access, ES2026). */
type Reviver = Parameters<typeof JSON.parse>[1];

function keepDigits(_name: string, value: unknown, { source }: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return isRounded && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

/** Makes JSON.stringify write a numeric id as a number with all its digits. Throws if `id` is not a number. */
export const exactNumber = (id: NumericId): unknown =>
  typeof id === 'number' ? id : (JSON as unknown as { rawJSON(json: string): unknown }).rawJSON(id);

/** Reads an id from a string of digits; `+7` and `7.0` count. Undefined for any other string. */
export function toNumericId(text: string): NumericId | undefined {
  const [, digits] = /^\+?0*(\d{1,30})(?:\.0+)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}
