import { EventEmitter } from 'node:events';
import { Agent, type Dispatcher, request } from 'undici';
import { parseJson } from '../../core/json.ts';
import { isRateLimitRefusal } from '../responses/rate-limit-refusal.ts';
import { retryAfterMs, sentAt } from '../responses/retry-after.ts';
import { readBody } from './read-body.ts';
import { AnswerBudget, type Lease } from './response-budget.ts';

export interface TransportOptions {
  /** The whole base, with its /v2, without a slash at the end. */
  baseUrl: string;
  userAgent: string;
  /** What all answers share; by this process' memory unless it is given. */
  answerBudget?: AnswerBudget;
}

export interface AttemptRequest {
  method: 'GET' | 'POST';
  /** Path and query, below the base. */
  target: string;
  key: string;
  /** Stands for the key where answers share memory. */
  keyHash: string;
  body?: unknown;
  /** How long Partoo may take. */
  timeoutMs: number;
  /** How long the attempt may take with its waits for memory. */
  deadlineMs: number;
  /** Cuts the attempt short. Not given for a write: cutting it changes nothing at Partoo and loses the outcome. */
  signal?: AbortSignal;
}

/**
 * What came of one attempt, told by what it means for sending again. `cutShort`: the call's deadline ended it before the time
 * that Partoo may take.
 */
export type Attempt =
  | {
      kind: 'answered';
      status: number;
      json: unknown;
      /** The body of a refusal that is no JSON: Partoo's API always answers JSON. */
      text?: string;
      retryAfterMs?: number;
      /** By Partoo's clock: epoch milliseconds. */
      sentAt?: number;
      /** A rate limit refused it, with a 429 or in words. */
      tooMany?: boolean;
    }
  /** The request was never written to a connection: Partoo certainly did not act. */
  | { kind: 'not_sent'; cutShort?: boolean; cause: unknown }
  /** Sent, but no whole answer came back: Partoo may have acted. */
  | {
      kind: 'lost';
      timedOut: boolean;
      /** It waited for memory until its time was over, or until too little was left: Partoo was there. */
      noRoom?: boolean;
      cutShort?: boolean;
      cause: unknown;
    };

export type Transport = ReturnType<typeof createTransport>;

const MAX_ANSWER_BYTES = 10 * 1024 * 1024;
/** Most answers are smaller, and are read without asking for room. */
const FREE_BYTES = 64 * 1024;
/**
 * How much of an answer that waits for room is read all the same, by the connection and by undici, each in whole chunks of
 * 64 KiB. Their default of 64 KiB would double that.
 */
const BUFFERED_BYTES = 16 * 1024;
/** undici hands all of it to `net.connect`, and its types know some. */
const CONNECT = { timeout: 5_000, highWaterMark: BUFFERED_BYTES };

/** How far an attempt got. */
interface Progress {
  /** undici wrote the request to a connection, in whole or in part. */
  written: boolean;
}

/**
 * Records in `opaque` when undici writes a request. undici starts a request and writes it in the same turn, after the
 * connection and its TLS handshake are ready. Whatever fails before has not left this machine, which no list of error
 * codes could tell as surely: two refused addresses, a bad certificate, a proxy in between, no file descriptors.
 */
const recordProgress: Dispatcher.DispatcherComposeInterceptor = dispatch => (options, handler) => {
  const { opaque: progress } = options as { opaque?: Progress };
  const start = handler.onRequestStart;
  handler.onRequestStart = (controller, context) => {
    start?.call(handler, controller, context);
    // A request whose time was over before it had a connection is aborted here, and not written.
    if (progress && !controller.aborted) progress.written = true;
  };
  return dispatch(options, handler);
};

/** Speaks HTTP to Partoo: one attempt at a time over kept-alive connections. Redirects are not followed. */
export function createTransport({ baseUrl, userAgent, answerBudget = new AnswerBudget() }: TransportOptions) {
  const agent = new Agent({ connect: CONNECT, maxResponseSize: MAX_ANSWER_BYTES });
  const dispatcher = agent.compose(recordProgress);

  async function attempt(attempted: AttemptRequest): Promise<Attempt> {
    const { method, target, key, keyHash, body, timeoutMs, deadlineMs, signal } = attempted;
    signal?.throwIfAborted();
    const latest = performance.now() + deadlineMs;
    // undici takes an emitter as well as a signal, and signals cost: AbortSignal.timeout and .any more than the attempt.
    const cut = new EventEmitter();
    const progress: Progress = { written: false };
    const unwritten = Promise.withResolvers<never>();
    const leave = () => {
      cut.emit('abort');
      // undici acts on a cut only once there is a connection, which may take longer than this attempt may.
      if (!progress.written) unwritten.reject(new Error('there was no connection in time'));
    };
    let lateFor: 'answer' | 'room' | undefined;
    let timer: NodeJS.Timeout | undefined;
    const leaveAfter = (ms: number, what: typeof lateFor) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        lateFor = what;
        leave();
      }, ms);
    };
    leaveAfter(timeoutMs, 'answer');
    const lease = answerBudget.lease(keyHash);
    // Partoo's time does not run while it is us who does not read.
    const take: Lease['take'] = (bytes, onRoom) => {
      const isThere = lease.take(bytes, () => {
        const leftMs = latest - performance.now();
        leaveAfter(Math.min(timeoutMs, leftMs), leftMs < timeoutMs ? 'room' : 'answer');
        onRoom();
      });
      if (!isThere) leaveAfter(latest - performance.now(), 'room');
      return isThere;
    };
    signal?.addEventListener('abort', leave);
    try {
      const sent = request(`${baseUrl}${target}`, {
        dispatcher,
        opaque: progress,
        method,
        headers: {
          'x-APIKey': key,
          'User-Agent': userAgent,
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: cut,
        highWaterMark: BUFFERED_BYTES,
      });
      const response = await Promise.race([sent, unwritten.promise]);
      return toAttempt(response, await readBody(response, FREE_BYTES, take), key);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!progress.written) return { kind: 'not_sent', cause: error };
      return { kind: 'lost', timedOut: lateFor !== undefined, noRoom: lateFor === 'room', cause: error };
    } finally {
      clearTimeout(timer);
      // What is made of the answer is made in this turn; then the parsed answer is garbage.
      setImmediate(() => lease.release());
      signal?.removeEventListener('abort', leave);
    }
  }

  return { attempt, close: () => agent.close() };
}

function toAttempt(
  { statusCode: status, headers }: Dispatcher.ResponseData<Progress>,
  whole: string,
  key: string,
): Attempt {
  // A refusal may quote what it refuses, and is told to a model.
  const text = status < 300 ? whole : withoutKey(whole, key);
  const json = jsonIn(text);
  // An empty success, such as a 204, says all that it has to say.
  if (status < 300 && text !== '' && json === undefined) {
    // Not JSON.parse's own error: its message quotes the answer, which is a customer's text.
    return { kind: 'lost', timedOut: false, cause: new Error(`a ${status} answer that is not JSON`) };
  }
  return {
    kind: 'answered',
    status,
    json,
    ...(json === undefined && text !== '' && { text }),
    retryAfterMs: retryAfterMs(headers),
    sentAt: sentAt(headers),
    tooMany: isRateLimitRefusal(status, text, json),
  };
}

/** As it is, and as JSON writes it. */
export const withoutKey = (text: string, key: string) =>
  text.replaceAll(key, '(key)').replaceAll(JSON.stringify(key).slice(1, -1), '(key)');

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
