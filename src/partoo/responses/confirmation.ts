import { isObject } from '../../core/is-object.ts';
import { Incomplete, readObject } from './page.ts';

type Values = Record<string, unknown>;

const SUCCESS = new Set(['success', 'successful', 'succeeded', 'ok', 'done', 'created', 'updated']);

/**
 * Reads the response to a write of one thing: an object with `status: success`, or with the id of what was created. Partoo
 * documents one for every write, so an empty response confirms nothing.
 *
 * @param idName the field with the id.
 * @param isIdNeeded whether a status of success is not enough.
 * @throws Incomplete
 */
export function readConfirmation(json: unknown, idName: string, isIdNeeded = false): Values {
  const response = readObject(json);
  const { status, [idName]: id } = response;
  const saysSuccess = isSuccess(status);
  if (id === undefined || id === null) {
    if (isIdNeeded || !saysSuccess) throw new Incomplete(`has neither a success nor its ${idName}`);
  } else if (!isId(id)) {
    throw new Incomplete(`has no id as its ${idName}`);
  }
  return response;
}

/** False without a status. @throws Incomplete for any status but success; its message ends with `also`. */
export function isSuccess(status: unknown, also = ''): boolean {
  if (status === undefined || status === null) return false;
  if (status === 200 || status === 201 || SUCCESS.has(String(status).toLowerCase())) return true;
  throw new Incomplete(`has a status that is not success${also}`);
}

/** @throws Incomplete when the response names, under `idName`, another `what` than the one requested. */
export function mustBeOf(response: Values, idName: string, requested: unknown, what: string): void {
  const named = response[idName];
  if (named === undefined || named === null) return;
  if (String(named).toLowerCase() !== String(requested).toLowerCase()) {
    throw new Incomplete(`is about another ${what}`);
  }
}

/** Returns the reader of the response to a change of one thing: `what`, for errors. It throws Incomplete also for another one. */
export const confirmationOf =
  (what: string, id: unknown, isIdNeeded = false) =>
  (json: unknown): Values => {
    const response = readConfirmation(json, 'id', isIdNeeded);
    mustBeOf(response, 'id', id, what);
    return response;
  };

/** Placeholders that programs write instead of an id. */
const NO_ID = /^(?:0*|error|false|nan|nil|none|null|true|undefined)$/i;

/** Ids are positive numbers or single words. */
export function isId(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0;
  return typeof value === 'string' && /^[a-z\d][\w:-]*$/i.test(value) && !NO_ID.test(value);
}

export const objectsIn = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isObject) : []);
