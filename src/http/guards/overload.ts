import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { OverloadError } from '../errors/error-handlers.ts';

/** The delay is averaged over this long: one long task, such as loading the tokenizer, is no overload. */
const SAMPLE_MS = 5_000;
const RETRY_AFTER_SECONDS = SAMPLE_MS / 1_000;
const WARN_EVERY_MS = 60_000;

/**
 * Refuses new calls while the event loop is overloaded, so that those in progress finish. Registered on /mcp only: a failed
 * health check would lead to a restart, which loses the calls in progress.
 *
 * Memory is no measure: a process that refuses everything allocates nothing, so V8 does not collect, and the heap would stay
 * full for as long as requests are refused.
 */
export async function refuseOverload(app: FastifyInstance, maxEventLoopDelayMs: number): Promise<void> {
  let nextWarning = 0;
  await app.register(underPressure, {
    sampleInterval: SAMPLE_MS,
    maxEventLoopDelay: maxEventLoopDelayMs,
    async pressureHandler(request, reply, measure, value) {
      // There is no sample yet: the process was blocked since the delay is measured.
      if (value === Number.POSITIVE_INFINITY) return;
      if (performance.now() >= nextWarning) {
        nextWarning = performance.now() + WARN_EVERY_MS;
        request.log.warn({ measure, value }, 'overloaded: new calls are refused');
      }
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      throw new OverloadError('overloaded');
    },
  });
}
