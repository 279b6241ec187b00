import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { OverloadError } from '../errors.ts';

export interface OverloadOptions {
  /** How late timers may be on average. */
  maxEventLoopDelayMs: number;
}

/** Over so long the delay is averaged: one long turn, such as the first count of tokens, is no overload. */
const SAMPLE_MS = 5_000;
/** The next sample may look better. */
const RETRY_AFTER_SECONDS = SAMPLE_MS / 1_000;
const WARN_EVERY_MS = 60_000;

/**
 * Refuses calls while this process has more to do than it can, so that those it has taken are finished. Only on the
 * routes of `app`: health checks are answered still, since a restart would lose the calls that are under way.
 *
 * By time and not by memory: a process that refuses everything makes nothing, so V8 sees no reason to collect, and its
 * heap stays as full as it was for as long as it refuses.
 */
export async function refuseOverload(app: FastifyInstance, options: OverloadOptions): Promise<void> {
  let nextWarning = 0;
  await app.register(underPressure, {
    sampleInterval: SAMPLE_MS,
    maxEventLoopDelay: options.maxEventLoopDelayMs,
    async pressureHandler(request, reply, measure, value) {
      if (performance.now() >= nextWarning) {
        nextWarning = performance.now() + WARN_EVERY_MS;
        request.log.warn({ measure, value }, 'overloaded: calls are refused until this is over');
      }
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      throw new OverloadError('overloaded');
    },
  });
}
