import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { NO_CALL_HOOKS } from '../../mcp/calls/instrumentation.ts';
import type { CheckKey } from '../../partoo/partoo.ts';

/** Clients wait about as long for a token. */
const DEADLINE_MS = 8_000;

/** Returns a function that asks whether Partoo accepts a key. A Partoo that does not answer has not rejected it. */
export function keyAcceptance(checkKey: CheckKey, callerOf: (key: string) => Caller) {
  return async (key: string): Promise<boolean> => {
    try {
      await checkKey({
        caller: callerOf(key),
        signal: AbortSignal.timeout(DEADLINE_MS),
        deadline: performance.now() + DEADLINE_MS,
        stats: { attempts: 0, waitedMs: 0 },
        hooks: NO_CALL_HOOKS,
      });
      return true;
    } catch (error) {
      return !(error instanceof CallError && error.code === 'invalid_api_key');
    }
  };
}
