/**
 * JSON whose integers keep all their digits. JavaScript rounds those above 2^53, so that two reviews would share an id and a
 * reply would reach another customer.
 */

/** The id of a review, message, group and so on: a number where JavaScript holds it exactly, else its digits. */
export type NumericId = number | string;

/** Fewer digits than these JavaScript holds exactly. */
const LONG = 16;

/**
 * Whether a text of JSON may hold an integer that JavaScript cannot. One that stands in a text counts as well: parsing is
 * slower then, and the same.
 *
 * Looks at every sixteenth character, since so many digits cannot lie in between: a pattern that looks at each costs a third
 * of the parsing.
 */
export function hasLongIntegers(json: string): boolean {
  for (let at = LONG - 1; at < json.length; at += LONG) {
    if (!isDigit(json, at)) continue;
    // So many digits reach halfway to the next look, on one side or the other: most are fewer.
    if (!isDigit(json, at - LONG / 2) && !isDigit(json, at + LONG / 2)) continue;
    let start = at;
    while (isDigit(json, start - 1)) start--;
    while (isDigit(json, at + 1)) at++;
    if (at - start + 1 >= LONG && beginsNumber(json, start)) return true;
  }
  return false;
}

function isDigit(json: string, at: number): boolean {
  // NaN before the first character and behind the last one.
  const code = json.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Whether the digits from `start` on are those of a number, by what stands before them. */
function beginsNumber(json: string, start: number): boolean {
  let before = start - 1;
  if (json[before] === '-') before--;
  while (json.charCodeAt(before) <= SPACE) before--;
  return before < 0 || ':,['.includes(json[before] ?? '');
}

/** JSON's other whitespace comes before it. */
const SPACE = 32;

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
