import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../core/caller.ts';
import { type Answer, type Problem, signInAnswer } from './answers.ts';
import type { CheckKeyOwner } from './key-owner.ts';
import type { SignInProgress } from './sign-in-progress.ts';
import type { Visit } from './visit.ts';

/** People sign in with a Partoo key of their own. */
export interface KeyIdentification {
  by: 'key';
  /** Returns the caller with the key that a person typed or pasted; undefined for what cannot be a key. */
  callerOf(text: string): Caller | undefined;
  /** Whether a key is a token for a server like this one, which Partoo must not see. */
  isToken(key: string): boolean;
  checkKeyOwner: CheckKeyOwner;
  /** Slows down addresses that try many bad keys. Called once, with the scope of the pages. */
  throttle(app: FastifyInstance): Promise<KeyThrottle>;
}

interface KeyThrottle {
  /** Returns the seconds after which the key may be tried; undefined if it may be now. */
  retryAfter(request: FastifyRequest, reply: FastifyReply, keyHash: string): Promise<number | undefined>;
}

const UNPROCESSABLE = 422;

export function createKeyStep(
  { callerOf, isToken, checkKeyOwner }: KeyIdentification,
  throttle: KeyThrottle,
  progress: SignInProgress,
) {
  /** Asks Partoo whose key the form has, and goes on to the second step. */
  return async (visit: Visit, form: URLSearchParams): Promise<Answer> => {
    const { uid, frame, request, reply } = visit;
    const { errors, throttled } = frame.texts;
    const again = (message: string, more: Partial<Problem> = {}) =>
      signInAnswer(visit, { by: 'key' }, { message, field: true, status: UNPROCESSABLE, ...more });

    const text = form.get('key') ?? '';
    if (text.trim() === '') return again(errors.missing_key);
    const caller = callerOf(text);
    if (!caller) return again(errors.invalid_key);
    if (isToken(caller.key)) return again(errors.token_instead_of_key);
    const seconds = await throttle.retryAfter(request, reply, caller.keyHash);
    if (seconds !== undefined) {
      return again(throttled(seconds), { field: false, status: 429, retryAfterSeconds: seconds });
    }
    const check = await checkKeyOwner(caller);
    if ('owner' in check) {
      await progress.keepPendingConsent(uid, { identity: { key: caller.key }, owner: check.owner });
      return { location: frame.action };
    }
    const { problem } = check;
    const isChecked = problem === 'invalid_key' || problem === 'forbidden_key';
    return again(errors[problem], isChecked ? {} : { field: false, status: 503 });
  };
}
