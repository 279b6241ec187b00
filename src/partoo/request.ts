import type { QueryValue } from './query.ts';

export interface PartooRequest {
  method: 'GET' | 'POST';
  /** Below the base URL, starting with a slash; made with the `path` template where it carries a value. */
  path: string;
  /** The path with names in the place of its values, for whoever must not see them. Needed where it carries one. */
  template?: string;
  query?: Record<string, QueryValue>;
  /** Sent as JSON. */
  body?: Record<string, unknown>;
  /** A write that sets values, so that sending it twice does what it does once. Reads always are. */
  repeatable?: boolean;
  /** Sent once, whatever comes of it. */
  once?: boolean;
}

/** Answers Partoo's JSON. Throws CallError. */
export type Send = (request: PartooRequest) => Promise<unknown>;
