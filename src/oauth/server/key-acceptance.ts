import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { untrackedCall } from '../../partoo/client/call.ts';
import type { OpenPartoo } from '../../partoo/partoo.ts';

/** Clients wait about as long for a token. */
const DEADLINE_MS = 8_000;

/**
 * Returns a function that asks Partoo whether it accepts a key. Not `checkKey`, which believes for an hour what it learned
 * before. A Partoo that does not answer has not rejected the key.
 */
export function keyAcceptance(openPartoo: OpenPartoo, callerOf: (key: string) => Caller) {
  return async (key: string): Promise<boolean> => {
    try {
      await openPartoo(untrackedCall(callerOf(key), DEADLINE_MS, AbortSignal.timeout(DEADLINE_MS))).me();
      return true;
    } catch (error) {
      return !(error instanceof CallError && error.code === 'invalid_api_key');
    }
  };
}
