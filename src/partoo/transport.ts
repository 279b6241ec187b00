import { EventEmitter } from 'node:events';
import { Agent, type Dispatcher, request } from 'undici';
import { isRateLimitRefusal } from './rate-limit-refusal.ts';
import { retryAfterMs } from './retry-after.ts';

export interface TransportOptions {
  /** The whole base, with its /v2, without a slash at the end. */
  baseUrl: string;
  userAgent: string;
}

export interface AttemptRequest {
  method: 'GET' | 'POST';
  /** Path and query, below the base. */
  target: string;
  key: string;
  body?: unknown;
  timeoutMs: number;
  /** Cuts the attempt short. Not given for a write: cutting it changes nothing at Partoo and loses the outcome. */
  signal?: AbortSignal;
}

/** What came of one attempt, told by what it means for sending again. */
export type Attempt =
  | {
      kind: 'answered';
      status: number;
      json: unknown;
      retryAfterMs?: number;
      /** A rate limit refused it, with a 429 or in words. */
      tooMany?: boolean;
    }
  /** No connection was made: Partoo certainly did not act. */
  | { kind: 'not_sent'; cause: unknown }
  /** Sent, but no whole answer came back: Partoo may have acted. */
  | { kind: 'lost'; timedOut: boolean; cause: unknown };

export type Transport = ReturnType<typeof createTransport>;

const MAX_ANSWER_BYTES = 10 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;

const NEVER_CONNECTED = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Whatever stops a connection from being made, our own lack of file descriptors as well. */
function neverConnected(error: unknown): boolean {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return typeof code === 'string' && (NEVER_CONNECTED.has(code) || code.startsWith('ERR_TLS_'));
}

/** Speaks HTTP to Partoo: one attempt at a time over kept-alive connections. Redirects are not followed. */
export function createTransport({ baseUrl, userAgent }: TransportOptions) {
  const agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS }, maxResponseSize: MAX_ANSWER_BYTES });

  async function attempt({ method, target, key, body, timeoutMs, signal }: AttemptRequest): Promise<Attempt> {
    signal?.throwIfAborted();
    // undici takes an emitter as well as a signal, and signals cost: AbortSignal.timeout and .any more than the attempt.
    const cut = new EventEmitter();
    const leave = () => cut.emit('abort');
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      leave();
    }, timeoutMs);
    signal?.addEventListener('abort', leave);
    try {
      const response = await request(`${baseUrl}${target}`, {
        dispatcher: agent,
        method,
        headers: {
          'x-APIKey': key,
          'User-Agent': userAgent,
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: cut,
      });
      return await readAnswer(response, key);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (neverConnected(error)) return { kind: 'not_sent', cause: error };
      return { kind: 'lost', timedOut, cause: error };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  }

  return { attempt, close: () => agent.close() };
}

async function readAnswer(response: Dispatcher.ResponseData, key: string): Promise<Attempt> {
  const { statusCode: status, headers, body } = response;
  const whole = await body.text();
  // A refusal may quote what it refuses, and is told to a model.
  const text = status < 300 ? whole : withoutKey(whole, key);
  const json = parseJson(text);
  // An empty success, such as a 204, says all that it has to say.
  if (status < 300 && text !== '' && json === undefined) {
    // Not JSON.parse's own error: its message quotes the answer, which is a customer's text.
    return { kind: 'lost', timedOut: false, cause: new Error(`a ${status} answer that is not JSON`) };
  }
  return {
    kind: 'answered',
    status,
    json,
    retryAfterMs: retryAfterMs(headers),
    tooMany: isRateLimitRefusal(status, text, json),
  };
}

/** As it is, and as JSON writes it. */
const withoutKey = (text: string, key: string) =>
  text.replaceAll(key, '(key)').replaceAll(JSON.stringify(key).slice(1, -1), '(key)');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
