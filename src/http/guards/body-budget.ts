import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FairShare } from '../../core/fair-share.ts';
import type { KeyRegistry } from '../../partoo/keys/key-registry.ts';
import { OverloadError } from '../errors/error-handlers.ts';

const MIB = 1024 * 1024;
const ACCEPTED_KEYS_BYTES = 16 * MIB;
/** For all other requests. A new key seldom sends large bodies. */
const OTHERS_BYTES = 8 * MIB;
const RETRY_AFTER_SECONDS = 2;

/**
 * Bounds the memory that large bodies take at once, each from before it is read until its response closes. Without room, the
 * request is refused unread. Accepted keys share one budget fairly; all other requests share another one, by address. Bodies
 * of up to `freeBytes` do not count.
 */
export function limitBodyMemory(app: FastifyInstance, freeBytes: number, keys: KeyRegistry): void {
  const acceptedKeys = new FairShare(ACCEPTED_KEYS_BYTES);
  const others = new FairShare(OTHERS_BYTES);

  app.addHook('preParsing', (request, reply, body, done) => {
    const bytes = bodyBytes(request);
    // A connection that has closed emits no event that would give the share back.
    if (bytes <= freeBytes || reply.raw.closed) return done(null, body);
    const { caller } = request.authentication;
    const giveBack =
      caller && keys.accepts(caller.keyHash)
        ? acceptedKeys.take(caller.callerHash, bytes)
        : others.take(request.callerAddress, bytes);
    if (!giveBack) {
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      return done(new OverloadError('large bodies in memory leave no room'));
    }
    reply.raw.once('close', giveBack);
    done(null, body);
  });
}

/** The announced length; the maximum for a body without one. */
function bodyBytes({ headers, routeOptions }: FastifyRequest): number {
  const limit = routeOptions.bodyLimit ?? 0;
  if (headers['transfer-encoding'] !== undefined) return limit;
  const length = Number(headers['content-length'] ?? 0);
  // Fastify refuses a longer body unread.
  return length > limit ? 0 : length;
}
