import { isObject } from '../../core/is-object.ts';
import { memo } from '../../core/memo.ts';
import { isRead, type PartooRequest } from '../requests/request.ts';
import { errorLines } from './error-body.ts';
import { Incomplete } from './page.ts';
import { saysRateLimited } from './rate-limit-refusal.ts';

/** A response with a 2xx status that is no success. */
export interface Failure {
  /** Whether the response says that the request failed. Otherwise it is incomplete. */
  reported: boolean;
  /** The HTTP status with which Partoo documents the same error body. */
  status?: number;
  /** The defect of an incomplete response, such as "has no id". */
  defect?: string;
  /** Partoo's own words, in lines. */
  partooWords: string[];
}

/**
 * Reads a response with a 2xx status. Partoo, or a proxy before it, may report an error with a 200: a success mentions no
 * error and contains what its endpoint documents.
 */
export function readSuccess<Result>(
  request: PartooRequest<Result>,
  { status, json }: { status: number; json: unknown },
): { result: Result } | { failure: Failure } {
  const reads = isRead(request);
  if (!request.isAboutErrors && saysFailed(json, !reads)) {
    return { failure: { reported: true, status: documentedStatus(json), partooWords: errorLines(json) } };
  }
  try {
    const result = request.read(json);
    if (reads || status === 200 || status === 201) return { result };
    // A 202, for example, only promises that the write will be carried out.
    throw new Incomplete(`has the status ${status}`);
  } catch (error) {
    if (!(error instanceof Incomplete)) throw error;
    return { failure: { reported: false, defect: error.message, partooWords: topLevelLines(json) } };
  }
}

/** `errorMessage`, `error_message` and `ERROR-MESSAGE` are the same name. */
const normalize = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');

const normalizeName = memo(normalize);

const ERROR_NAME =
  /^(?:has|is)?(?:err|error|exception|fault|fail|failed|failure|rejected|refused|denied)(?:s|code|count|description|detail|list|message|msg|reason|string|text|type)*$/;
const SUCCESS_NAME =
  /^(?:is)?(?:success|successful|succeeded|ok|accepted|confirmed|created|published|saved|sent|updated)$/;
/** Unlike `published` or `sent`, these are never a property of what was read. */
const SUCCESS_NAME_IN_OBJECT = /^(?:is)?(?:success|successful|succeeded)$/;
const STATUS_NAME = /^(?:http)?(?:status|result)(?:code)?$/;
const WRAPPERS = new Set(['data', 'meta', 'response', 'result', 'status']);
const FAILED =
  /^(?:denied|err|errors?|fail|failed|failure|forbidden|invalid|ko|nok|notok|refused|rejected|unauthorized)$/;

const MAX_DEPTH = 12;

/**
 * Whether a response says, under any name, that the request failed. All of a write's response is about that write, so any
 * depth counts. What a read returns has fields of its own, whose names may mean something else.
 */
function saysFailed(json: unknown, isWrite: boolean, depth = 0): boolean {
  if (typeof json !== 'object' || json === null) return false;
  if (depth > MAX_DEPTH) return true;
  const inside = (value: unknown) => saysFailed(value, isWrite, depth + 1);
  if (Array.isArray(json)) return isWrite && json.some(inside);
  // An object with an id that was read: its `code` may be a store's.
  const isObjectRead = !isWrite && 'id' in json;
  return Object.entries(json).some(([key, value]) => {
    const name = normalizeName(key);
    if (ERROR_NAME.test(name)) return isMeaningful(value);
    if ((isObjectRead ? SUCCESS_NAME_IN_OBJECT : SUCCESS_NAME).test(name) && isFalse(value)) return true;
    if (STATUS_NAME.test(name) && isFailedStatus(value)) return true;
    if (name === 'code' && !isObjectRead && isErrorStatus(value)) return true;
    return (isWrite || (depth === 0 && WRAPPERS.has(name))) && inside(value);
  });
}

const MEANINGLESS = new Set(['', '0', 'false', 'no', 'none', 'null']);

/** `error: null`, `false`, `""`, `[]` and `{json: {}}` name no error. */
function isMeaningful(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) {
    return value !== undefined && !MEANINGLESS.has(String(value).trim().toLowerCase());
  }
  return depth > MAX_DEPTH || Object.values(value).some(inner => isMeaningful(inner, depth + 1));
}

const isFalse = (value: unknown) =>
  value === false || value === 0 || (typeof value === 'string' && /^(?:false|no|0)$/i.test(value.trim()));

const isFailedStatus = (value: unknown) =>
  value === false ||
  isErrorStatus(Number(value)) ||
  (typeof value === 'string' && FAILED.test(normalize(value)));

const isErrorStatus = (value: unknown) => typeof value === 'number' && value >= 400 && value < 600;

function documentedStatus(json: unknown): number | undefined {
  if (saysRateLimited('', json)) return 429;
  const { error, errors } = isObject(json) ? json : {};
  const reason = error ?? errors;
  if (!isObject(reason)) return undefined;
  if (isMeaningful(reason.authentication)) return 401;
  if (isMeaningful(reason.authorization)) return 403;
  if (reason.json === 'Resource not found') return 404;
  return isObject(reason.json) ? 400 : undefined;
}

/** An incomplete response may contain anything, such as customers' texts in its lists. */
function topLevelLines(json: unknown): string[] {
  const scalars = Object.entries(isObject(json) ? json : {}).filter(([, value]) => typeof value !== 'object');
  return errorLines(Object.fromEntries(scalars));
}
