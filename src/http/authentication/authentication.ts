import type { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';

/** The result of reading a request's credentials. */
export type Authentication =
  | { caller: Caller; signedIn?: SignedIn; error?: undefined; challenge?: undefined }
  /**
   * No usable credentials: tools are listed where that is open to all, and a tool call gets this error. With `challenge`, the
   * `WWW-Authenticate` header of a 401, every request gets that: it makes the client sign in.
   */
  | { caller: undefined; error: CallError; challenge?: string; signedIn?: undefined };

/** What a caller's access token of sign-in can ask for, each as a `WWW-Authenticate` header. */
interface SignedIn {
  /** For a key that Partoo rejects; undefined where the key is not the person's own. */
  keyRejected: string | undefined;
  /** For a tools/call beyond the token's scopes; undefined for any other. `revision`: the protocol's, from the request's header. */
  stepUp(body: unknown, revision: unknown): string | undefined;
}
