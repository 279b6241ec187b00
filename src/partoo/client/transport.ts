import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import type { Caller } from '../../core/caller.ts';
import { parseJson } from '../../core/json.ts';
import type { HttpMethod } from '../requests/request.ts';
import { isRateLimitRefusal } from '../responses/rate-limit-refusal.ts';
import { retryAfterMs, sentAt } from '../responses/retry-after.ts';
import type { Attempt, TimeLimit } from './attempt.ts';
import { type Lease, ResponseMemoryBudget } from './response-memory-budget.ts';

interface TransportOptions {
  /** With its `/v2`. */
  baseUrl: string;
  userAgent: string;
  /** Shared by all responses; sized by this process's memory unless given. */
  responseMemory?: ResponseMemoryBudget;
}

interface AttemptRequest extends Pick<Caller, 'key' | 'keyHash'> {
  method: HttpMethod;
  /** Path and query, below the base URL. */
  target: string;
  body?: unknown;
  /** How long Partoo may take, in milliseconds. */
  timeoutMs: number;
  /** How long the attempt may take, waits for response memory included. */
  deadlineMs: number;
}

export type Transport = ReturnType<typeof createTransport>;

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
/** Most responses are smaller, and are read without a lease. */
const UNLEASED_BYTES = 64 * 1024;
/** How much of a large response is leased at once. */
const PIECE_BYTES = 256 * 1024;
/** A connection whose response waits for memory reads ahead in whole chunks of 64 KiB; Node's default would double that. */
const CONNECT = { timeout: 5_000, highWaterMark: 16 * 1024 };

/** Speaks HTTP to Partoo over kept-alive connections. Does not follow redirects. */
export function createTransport({
  baseUrl,
  userAgent,
  responseMemory = new ResponseMemoryBudget(),
}: TransportOptions) {
  const { origin, pathname } = new URL(baseUrl);
  const basePath = pathname.replace(/\/$/, '');
  const agent = new Agent({ connect: CONNECT, maxResponseSize: MAX_RESPONSE_BYTES });

  /** Makes one attempt. Never rejects. */
  function attempt(request: AttemptRequest): Promise<Attempt> {
    const { method, target, key, keyHash, body } = request;
    const exchange = new Exchange(request, responseMemory.lease(keyHash));
    const headers = {
      'x-APIKey': key,
      'User-Agent': userAgent,
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const json = body === undefined ? null : JSON.stringify(body);
    agent.dispatch({ origin, path: `${basePath}${target}`, method, headers, body: json }, exchange);
    return exchange.outcome;
  }

  return { attempt, close: () => agent.close() };
}

/** One request and its response. undici calls the methods whose names begin with `on`. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #ended = Promise.withResolvers<Attempt>();
  readonly outcome = this.#ended.promise;
  readonly #request: AttemptRequest;
  /** On the clock of `performance.now()`. */
  readonly #deadline: number;
  readonly #lease: Lease;
  /** Set when undici writes the request, in whole or in part. */
  #controller: Dispatcher.DispatchController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #endedBy: TimeLimit | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #length = Number.NaN;
  // Decoded chunk by chunk: V8 does not count the memory of buffers when it decides to collect garbage.
  readonly #decoder = new TextDecoder();
  #text = '';
  #bytes = 0;
  #leasedBytes = 0;
  #waitsForMemory = false;

  constructor(request: AttemptRequest, lease: Lease) {
    this.#request = request;
    this.#deadline = performance.now() + request.deadlineMs;
    this.#lease = lease;
    this.#startTimeout('deadline');
  }

  /**
   * undici calls this in the same turn in which it writes the request, once the connection and its TLS handshake are ready.
   * Whatever fails earlier has not left this machine. No list of error codes could tell that as surely: two refused
   * addresses, a bad certificate, no file descriptors.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#endedBy) controller.abort(new Error('the attempt has ended'));
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
    this.#length = Number(headers['content-length'] ?? Number.NaN);
    // A response that declares a large length has none of it unleased: many of those may wait at once.
    this.#leasedBytes = this.#length > UNLEASED_BYTES ? 0 : UNLEASED_BYTES;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#text += this.#decoder.decode(chunk, { stream: true });
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#leasedBytes || this.#waitsForMemory) return;
    const missing = this.#length > this.#leasedBytes ? this.#length - this.#leasedBytes : PIECE_BYTES;
    const piece = Math.min(PIECE_BYTES, missing);
    this.#leasedBytes += piece;
    this.#waitsForMemory = !this.#lease.take(piece, () => {
      this.#waitsForMemory = false;
      this.#startTimeout('memory');
      controller.resume();
    });
    if (!this.#waitsForMemory) return;
    // Partoo's time does not run while this server is the one that does not read.
    controller.pause();
    this.#endAfter(this.#deadline - performance.now(), 'memory');
  }

  onResponseEnd(): void {
    const text = this.#text + this.#decoder.decode();
    this.#end(toAttempt(this.#status, this.#headers, text, this.#request.key));
  }

  onResponseError(_: unknown, cause: Error): void {
    this.#end({ kind: this.#controller ? 'lost' : 'not_sent', endedBy: this.#endedBy, cause });
  }

  /** Gives Partoo its time; `shortenedBy` is the reason when less than that is left. */
  #startTimeout(shortenedBy: TimeLimit): void {
    const leftMs = this.#deadline - performance.now();
    const { timeoutMs } = this.#request;
    this.#endAfter(Math.min(leftMs, timeoutMs), leftMs < timeoutMs ? shortenedBy : 'timeout');
  }

  #endAfter(ms: number, limit: TimeLimit): void {
    clearTimeout(this.#timer);
    const end = () => {
      this.#endedBy = limit;
      const error = new Error(`no ${this.#controller ? 'whole response' : 'connection'} in time`);
      if (this.#controller) this.#controller.abort(error);
      // undici could abort it only once there is a connection, which may take longer.
      else this.onResponseError(undefined, error);
    };
    this.#timer = setTimeout(end, Math.max(0, ms));
  }

  #end(attempt: Attempt): void {
    clearTimeout(this.#timer);
    // The call's result is made from the response in this turn; after it the parsed response is garbage.
    if (attempt.kind === 'response') setImmediate(() => this.#lease.release());
    else this.#lease.release();
    this.#ended.resolve(attempt);
  }
}

function toAttempt(status: number, headers: IncomingHttpHeaders, body: string, key: string): Attempt {
  // A refusal may quote the key, and its text reaches a model.
  const text = status < 300 ? body : withoutKey(body, key);
  const json = jsonIn(text);
  // An empty success, such as a 204, is a whole response.
  if (status < 300 && text !== '' && json === undefined) {
    // Not JSON.parse's own error: its message quotes the response, which is a customer's text.
    return { kind: 'lost', cause: new Error(`a response with status ${status} that is not JSON`) };
  }
  return {
    kind: 'response',
    status,
    json,
    ...(json === undefined && text !== '' && { text }),
    retryAfterMs: retryAfterMs(headers),
    sentAt: sentAt(headers),
    rateLimited: isRateLimitRefusal(status, text, json),
  };
}

/** Replaces the key in both its plain and its JSON form. */
export const withoutKey = (text: string, key: string) =>
  text.replaceAll(key, '(key)').replaceAll(JSON.stringify(key).slice(1, -1), '(key)');

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
