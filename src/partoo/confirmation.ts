import { Incomplete } from './incomplete.ts';
import { isObject, readObject } from './page.ts';

/** What Partoo's answers to writes have in common: an object that says `status: success`, or has the id of what was made. */

type Values = Record<string, unknown>;

const SUCCESS = new Set(['success', 'successful', 'succeeded', 'ok', 'done', 'created', 'updated']);

/**
 * Reads the answer to a write. A status of success confirms it. Without a status it takes an id under `idName`: an empty
 * answer confirms nothing, since Partoo documents one for each of its writes. Throws Incomplete.
 */
export function readConfirmation(json: unknown, idName: string): Values {
  const answer = readObject(json);
  if (!isConfirmed(answer, isId(answer[idName])))
    throw new Incomplete(`has neither a success nor its ${idName}`);
  return answer;
}

/**
 * Whether the answer says success, or, where it says nothing of it, `has` what only a success has. Throws Incomplete for
 * another status; `also` is added to what it says.
 */
export function isConfirmed({ status }: Values, has: boolean, also = ''): boolean {
  if (status === undefined || status === null) return has;
  if (status === 200 || status === 201 || SUCCESS.has(String(status).toLowerCase())) return true;
  throw new Incomplete(`has a status that is not success${also}`);
}

export const isId = (value: unknown) =>
  (typeof value === 'string' && value.trim() !== '') ||
  typeof value === 'number' ||
  typeof value === 'bigint';

/** Objects of a list; what is none is left out. */
export const objectsIn = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isObject) : []);
