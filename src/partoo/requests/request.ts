import type { QueryValue } from './query.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface PartooRequest<Result = unknown> {
  method: HttpMethod;
  /** A POST that changes nothing, such as a dry run: it is retried like a GET. */
  reads?: true;
  /** Below the base URL, with a leading slash. Built with the `path` template where it contains values. */
  path: string;
  /** The path with placeholders for its values, for metrics and traces. Required where it contains values. */
  template?: string;
  query?: Record<string, QueryValue>;
  /** Sent as JSON. */
  body?: Record<string, unknown>;
  /** Equal for writes that do the same: with defaults filled in and unordered lists sorted. Default: the body. */
  canonicalBody?: Record<string, unknown>;
  /** A write that sets values, so sending it twice has the effect of sending it once. Reads always are idempotent. */
  idempotent?: boolean;
  /** Sends the request once, whatever its outcome. */
  noRetry?: boolean;
  /** The response is about errors of a listing, so those in it do not say that the request failed. */
  isAboutErrors?: true;
  /** Reads a successful response. Throws Incomplete when a part of a success is missing. */
  read(json: unknown): Result;
}

/** A request that changes something: its response is an object that confirms it. */
export type WriteRequest = PartooRequest<Record<string, unknown>>;

export const isRead = ({ method, reads }: Pick<PartooRequest, 'method' | 'reads'>) =>
  method === 'GET' || reads === true;

/** Returns what the request reads from Partoo's response. Throws CallError. */
export type Send = <Result>(request: PartooRequest<Result>) => Promise<Result>;
