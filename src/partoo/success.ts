import { errorLines } from './error-body.ts';
import { Incomplete } from './incomplete.ts';
import { isObject } from './page.ts';
import { isRateLimitRefusal } from './rate-limit-refusal.ts';
import type { PartooRequest } from './request.ts';

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

type Values = Record<string, unknown>;

/**
 * Decides whether an answer with a 2xx status is a success of its request, and reads it. Partoo may say no with a 200, and so may
 * whatever stands before it: a success says nothing of an error and has what its endpoint documents.
 */
export function judge<Answer>(
  { method, read }: PartooRequest<Answer>,
  { status, json }: { status: number; json: unknown },
): { answer: Answer } | { noSuccess: NoSuccess } {
  if (isObject(json) && saysNo(json)) {
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

const NO = new Set([
  'denied',
  'error',
  'fail',
  'failed',
  'failure',
  'forbidden',
  'invalid',
  'ko',
  'nok',
  'refused',
  'rejected',
  'unauthorized',
]);

function saysNo({ error, errors, status, success, ok }: Values): boolean {
  if (saysSomething(error) || saysSomething(errors)) return true;
  if (isFalse(success) || isFalse(ok)) return true;
  return isErrorStatus(status) || (typeof status === 'string' && NO.has(status.trim().toLowerCase()));
}

/** Deeper than any error is told. */
const MAX_DEPTH = 20;

const NOTHING = new Set(['', '0', 'false', 'no', 'none', 'null']);

/** `error: null`, `false`, `""`, `[]` and `{json: {}}` name no error. */
function saysSomething(value: unknown, depth = 0): boolean {
  if (typeof value === 'object' && value !== null) {
    // Nobody nests nothing so deep.
    return depth > MAX_DEPTH || Object.values(value).some(inner => saysSomething(inner, depth + 1));
  }
  return value !== undefined && !NOTHING.has(String(value).trim().toLowerCase());
}

const isFalse = (value: unknown) =>
  value === false || value === 0 || (typeof value === 'string' && /^(false|0)$/i.test(value));

const isErrorStatus = (value: unknown) => typeof value === 'number' && value >= 400 && value < 600;

/** The status with which Partoo documents the same words; or one that the answer names. */
function statusOf(json: Values): number | undefined {
  const said = [json.error, json.errors].find(said => saysSomething(said));
  const inner = isObject(said) ? said : {};
  const named = [json.status, json.code, json.status_code, json.statusCode, inner.status, inner.code];
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
