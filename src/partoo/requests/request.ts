import type { QueryValue } from './query.ts';

export interface PartooRequest<Answer = unknown> {
  method: 'GET' | 'POST';
  /** Below the base URL, starting with a slash; made with the `path` template where it carries a value. */
  path: string;
  /** The path with names in the place of its values, for whoever must not see them. Needed where it carries one. */
  template?: string;
  query?: Record<string, QueryValue>;
  /** Sent as JSON. */
  body?: Record<string, unknown>;
  /**
   * The body in its one canonical form: defaults written out, lists whose order means nothing sorted. Two writes with the
   * same form are the same write. Default: the body itself.
   */
  canonicalBody?: Record<string, unknown>;
  /** A write that sets values, so sending it twice has the effect of sending it once. Reads always are idempotent. */
  idempotent?: boolean;
  /** Sends the request once, whatever its outcome. */
  noRetry?: boolean;
  /** Reads what Partoo answers to a success. Throws Incomplete when the answer lacks what a success has. */
  read(json: unknown): Answer;
}

/** Returns what the request reads from Partoo's answer. Throws CallError. */
export type Send = <Answer>(request: PartooRequest<Answer>) => Promise<Answer>;
