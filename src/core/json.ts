/**
 * JSON whose integers keep all their digits. JavaScript rounds those above 2^53, so that two reviews would share an id and a
 * reply would reach another customer.
 */

/** The id of a review, message, group and so on: a number where JavaScript holds it exactly, else its digits. */
export type NumericId = number | string;

/** An integer that may be too long. It may stand in a text as well: parsing is slower then, and the same. */
const LONG_INTEGER = /(?:^|[:,[])\s*-?\d{16}/;

/** Whether a text of JSON may hold an integer that JavaScript cannot. */
export const hasLongIntegers = (json: string) => LONG_INTEGER.test(json);

/** Parses JSON as JSON.parse does, except that an integer which JavaScript would round is a text of its digits. */
export function parseJson(json: string): unknown {
  return hasLongIntegers(json) ? JSON.parse(json, keepDigits as Reviver) : JSON.parse(json);
}

/** TypeScript's library does not have the third parameter yet (JSON.parse source text access, ES2026). */
type Reviver = Parameters<typeof JSON.parse>[1];

function keepDigits(_name: string, value: unknown, { source }: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return isRounded && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

/** A numeric id for JSON.stringify: written as a number with all its digits. Throws for what is no number. */
export const exactNumber = (id: NumericId): unknown =>
  typeof id === 'number' ? id : (JSON as unknown as { rawJSON(json: string): unknown }).rawJSON(id);

/** The id in a text of digits, `+7` and `7.0` among them; undefined for any other text. */
export function toNumericId(text: string): NumericId | undefined {
  const [, digits] = /^\+?0*(\d{1,30})(?:\.0+)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}
