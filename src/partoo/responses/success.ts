import { isObject } from '../../core/is-object.ts';
import { memo } from '../../core/memo.ts';
import type { PartooRequest } from '../requests/request.ts';
import { errorLines } from './error-body.ts';
import { Incomplete } from './page.ts';
import { isRateLimitRefusal } from './rate-limit-refusal.ts';

/** Why an answer with a 2xx status is no success. */
export interface NoSuccess {
  /** Partoo said that it failed. Otherwise the answer lacks what a success has, and says neither. */
  refused: boolean;
  /** The HTTP status that its words stand for, where they name one: 400 to 599. */
  status?: number;
  /** What the answer lacks; continues "the answer". */
  lacks?: string;
  /** Partoo's own words, in lines. */
  said: string[];
}

/**
 * Decides whether an answer with a 2xx status is a success of its request, and reads it. Partoo may say no with a 200, and so may
 * whatever stands before it: a success says nothing of an error and has what its endpoint documents.
 */
export function judge<Answer>(
  { method, read }: PartooRequest<Answer>,
  { status, json }: { status: number; json: unknown },
): { answer: Answer } | { noSuccess: NoSuccess } {
  if (saysNo(json, method !== 'GET')) {
    return { noSuccess: { refused: true, status: statusOf(json), said: errorLines(json) } };
  }
  try {
    const answer = read(json);
    // 202 and its like: what was asked for is still to be done.
    if (method === 'GET' || status === 200 || status === 201) return { answer };
    return { noSuccess: { refused: false, lacks: `has the status ${status}`, said: wordsOf(json) } };
  } catch (error) {
    if (!(error instanceof Incomplete)) throw error;
    return { noSuccess: { refused: false, lacks: error.message, said: wordsOf(json) } };
  }
}

/** Names and words as any side may write them: `errorMessage`, `error_message`, `ERROR-MESSAGE`. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');

const plainName = memo(plain);

const OF_ERRORS =
  /^(?:has|is)?(?:err|error|exception|fault|fail|failed|failure|rejected|refused|denied)(?:s|code|count|description|detail|list|message|msg|reason|string|text|type)*$/;
const OF_SUCCESS =
  /^(?:is)?(?:success|successful|succeeded|ok|accepted|confirmed|created|published|saved|sent|updated)$/;
const OF_SUCCESS_ALONE = /^(?:is)?(?:success|successful|succeeded)$/;
const OF_STATUS = /^(?:http)?(?:status|result)(?:code)?$/;
/** What an answer may wrap its words in. */
const WRAPPERS = new Set(['data', 'meta', 'response', 'result', 'status']);
const NO =
  /^(?:denied|err|errors?|fail|failed|failure|forbidden|invalid|ko|nok|notok|refused|rejected|unauthorized)$/;

/** Deeper than any answer of Partoo's. */
const MAX_DEPTH = 12;

/**
 * Whether an answer says that it failed, by whatever name. What a write answers is about that write, so that it counts wherever
 * it stands; what a read returns has fields of its own, which may have any name.
 */
function saysNo(json: unknown, isWrite: boolean, depth = 0): boolean {
  if (typeof json !== 'object' || json === null) return false;
  if (depth > MAX_DEPTH) return true;
  const within = (value: unknown) => saysNo(value, isWrite, depth + 1);
  if (Array.isArray(json)) return isWrite && json.some(within);
  // Of what is read, and has an id, a code is a store's, and whether it is published or sent is a fact of it.
  const isVerdict = isWrite || !('id' in json);
  return Object.entries(json).some(([name, value]) => {
    const called = plainName(name);
    if (OF_ERRORS.test(called)) return saysSomething(value);
    if ((isVerdict ? OF_SUCCESS : OF_SUCCESS_ALONE).test(called) && isFalse(value)) return true;
    if (OF_STATUS.test(called) && isNo(value)) return true;
    if (called === 'code' && isVerdict && isErrorStatus(value)) return true;
    return (isWrite || (depth === 0 && WRAPPERS.has(called))) && within(value);
  });
}

const NOTHING = new Set(['', '0', 'false', 'no', 'none', 'null']);

/** `error: null`, `false`, `""`, `[]` and `{json: {}}` name no error. */
function saysSomething(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) {
    return value !== undefined && !NOTHING.has(String(value).trim().toLowerCase());
  }
  return depth > MAX_DEPTH || Object.values(value).some(inner => saysSomething(inner, depth + 1));
}

const isFalse = (value: unknown) =>
  value === false || value === 0 || (typeof value === 'string' && /^(?:false|no|0)$/i.test(value.trim()));

const isNo = (value: unknown) =>
  value === false || isErrorStatus(Number(value)) || (typeof value === 'string' && NO.test(plain(value)));

const isErrorStatus = (value: unknown) => typeof value === 'number' && value >= 400 && value < 600;

/** The status with which Partoo documents the same words; or one that the answer names. */
function statusOf(json: unknown): number | undefined {
  const values = isObject(json) ? json : {};
  const said = Object.entries(values).find(
    ([name, value]) => OF_ERRORS.test(plain(name)) && saysSomething(value),
  );
  const inner = isObject(said?.[1]) ? said[1] : {};
  const named = [values.status, values.code, values.status_code, values.statusCode, inner.status, inner.code];
  const number = named.map(Number).find(isErrorStatus);
  if (number !== undefined) return number;
  if (isRateLimitRefusal(403, errorLines(json).join('\n'), json)) return 429;
  if (saysSomething(inner.authentication)) return 401;
  if (saysSomething(inner.authorization)) return 403;
  if (isObject(inner.json)) return 400;
  return errorLines(json).some(line => /\bnot[ _]found\b/i.test(line)) ? 404 : undefined;
}

/** An answer that lacks something may hold anything: only what stands at its top is taken for words. */
function wordsOf(json: unknown): string[] {
  if (!isObject(json)) return [];
  return errorLines(
    Object.fromEntries(Object.entries(json).filter(([, value]) => typeof value !== 'object')),
  );
}
