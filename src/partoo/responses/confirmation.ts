import { isObject } from '../../core/is-object.ts';
import { Incomplete, readObject } from './page.ts';

/** What Partoo's answers to writes have in common: an object that says `status: success`, or has the id of what was made. */

type Values = Record<string, unknown>;

const SUCCESS = new Set(['success', 'successful', 'succeeded', 'ok', 'done', 'created', 'updated']);

/**
 * Reads the answer to a write that makes or changes one thing. An answer is documented for each, so that an empty one
 * confirms nothing. Throws Incomplete.
 *
 * @param idName Of the id that the answer has.
 * @param isIdNeeded Whether a status of success is not enough.
 */
export function readConfirmation(json: unknown, idName: string, isIdNeeded = false): Values {
  const answer = readObject(json);
  const { status, [idName]: id } = answer;
  const saysSuccess = isSuccess(status);
  if (id === undefined || id === null) {
    if (isIdNeeded || !saysSuccess) throw new Incomplete(`has neither a success nor its ${idName}`);
  } else if (!isId(id)) {
    throw new Incomplete(`has no id as its ${idName}`);
  }
  return answer;
}

/** Whether a status says success; not whether there is none. Throws Incomplete for another status; `also` is added to that. */
export function isSuccess(status: unknown, also = ''): boolean {
  if (status === undefined || status === null) return false;
  if (status === 200 || status === 201 || SUCCESS.has(String(status).toLowerCase())) return true;
  throw new Incomplete(`has a status that is not success${also}`);
}

/** Throws Incomplete when an answer names, under `idName`, another one than was asked for. */
export function mustBeOf(answer: Values, idName: string, asked: unknown, what: string): void {
  const named = answer[idName];
  const isOther = String(named).toLowerCase() !== String(asked).toLowerCase();
  if (named !== undefined && named !== null && isOther) throw new Incomplete(`is about another ${what}`);
}

/** What a program writes where it has no id. */
const NO_ID = /^(?:0*|error|false|nan|nil|none|null|true|undefined)$/i;

/** Ids are positive numbers, or texts of one word. */
export function isId(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0;
  return typeof value === 'string' && /^[a-z\d][\w:-]*$/i.test(value) && !NO_ID.test(value);
}

/** Objects of a list; what is none is left out. */
export const objectsIn = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isObject) : []);
