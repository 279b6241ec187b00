import type { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';

/** The result of reading a request's credentials. */
export type Authentication =
  | { caller: Caller; session?: SignedIn; error?: undefined; challenge?: undefined }
  /**
   * No usable credentials: tools are listed where that is open to all, and a tool call gets this error. With `challenge`, the
   * `WWW-Authenticate` header of a 401, every request gets that: it makes the client sign in.
   */
  | { caller: undefined; error: CallError; challenge?: string; session?: undefined };

/** Where the caller came by sign-in. */
export interface SignedIn {
  scopes: readonly string[];
  /** Whether the person signed in with a key of their own, so that the session ends with the key. */
  hasOwnKey: boolean;
  /** When the token was made, in epoch seconds. */
  issuedAt: number;
}
