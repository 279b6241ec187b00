import { type Attempt, requestedWaitMs } from '../../partoo/client/attempt.ts';
import type { Transport } from '../../partoo/client/transport.ts';
import { type Partoo, resources } from '../../partoo/partoo.ts';
import { isRead, type PartooRequest, type Send } from '../../partoo/requests/request.ts';
import { requestTarget } from '../../partoo/requests/request-target.ts';
import { NotTested } from '../model/verdict.ts';
import { type Answer, mustTell } from './answer.ts';
import { createPace, type Sleep } from './pace.ts';

/** A request of this server, named by the method of `Partoo` that sends it. */
export type Build = (partoo: Partoo) => Promise<unknown>;

export interface ProbeOptions {
  transport: Pick<Transport, 'attempt'>;
  key: string;
  /** Requests per minute at most. */
  perMinute: number;
  sleep: Sleep;
  /** The id or `c-{code}` of a business that may be written to; undefined for a run that only reads. */
  writeTo?: string;
}

const MAX_ATTEMPTS = 3;
const TIMEOUT_MS = 30_000;

/**
 * Asks Partoo with the requests that this server would send. The same read is sent once: many beliefs look at one answer.
 */
export class Probe {
  readonly writeTo: string | undefined;
  /** Refusals that came by, such as a 429: some beliefs are about them. */
  readonly refusals: Answer[] = [];
  sent = 0;
  readonly #options: ProbeOptions;
  readonly #mayStart: () => Promise<void>;
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(options: ProbeOptions) {
    this.#options = options;
    this.writeTo = options.writeTo;
    this.#mayStart = createPace(options.perMinute, options.sleep);
  }

  /** @throws NotTested for an answer that says nothing about what was asked. */
  async ask(request: Build | PartooRequest): Promise<Answer> {
    return mustTell(await this.askAny(request));
  }

  /** Returns refusals too. @throws NotTested without an answer. */
  async askAny(request: Build | PartooRequest): Promise<Answer> {
    const built = typeof request === 'function' ? await capture(request) : request;
    if (!isRead(built)) {
      if (this.writeTo === undefined) throw new Error('a run without --write must not write');
      this.forget();
      return this.#send(built);
    }
    const id = JSON.stringify([built.method, requestTarget(built), built.body]);
    const answer = this.#answers.get(id) ?? this.#send(built);
    this.#answers.set(id, answer);
    return answer;
  }

  /** From here on, reads are sent anew. */
  forget(): void {
    this.#answers.clear();
  }

  /** Sends one read with another key. */
  askAs(key: string, request: PartooRequest): Promise<Answer> {
    return this.#send(request, key);
  }

  async #send(request: PartooRequest, key = this.#options.key): Promise<Answer> {
    for (let number = 1; ; number++) {
      await this.#mayStart();
      this.sent++;
      const attempt = await this.#options.transport.attempt({
        method: request.method,
        target: requestTarget(request),
        key,
        keyHash: 'doctor',
        body: request.body,
        timeoutMs: TIMEOUT_MS,
        deadlineMs: TIMEOUT_MS,
      });
      const answer = answerOf(request, attempt);
      if (answer.status === 429 || answer.status === 403) this.refusals.push(answer);
      const isBusy = answer.status === 429 || answer.status === 503;
      if (!isBusy || number >= MAX_ATTEMPTS) return answer;
      await this.#options.sleep(requestedWaitMs(attempt) ?? 0);
    }
  }
}

function answerOf(request: PartooRequest, attempt: Attempt): Answer {
  if (attempt.kind === 'response') {
    const { status, json, text, retryAfterMs, sentAt } = attempt;
    return { request, status, json, text, retryAfterMs, sentAt };
  }
  // Not the cause's message, which may name hosts and quote responses.
  const sent = attempt.kind === 'lost';
  throw new NotTested(sent ? 'no whole JSON answer came' : 'there is no connection to Partoo');
}

/** Returns the request that a method of `Partoo` would send. */
async function capture(build: Build): Promise<PartooRequest> {
  let captured: PartooRequest | undefined;
  const send: Send = request => {
    captured = request;
    return Promise.reject(new NotTested('only captured'));
  };
  await build(resources(send)).catch(() => {});
  if (!captured) throw new Error('the method sends no request');
  return captured;
}
