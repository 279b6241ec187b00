import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FairShare } from '../../core/fair-share.ts';
import { OverloadError } from '../errors.ts';

const MIB = 1024 * 1024;
/** Held at once for all keys that Partoo has accepted. */
const ACCEPTED_BYTES = 16 * MIB;
/** And for everybody else. Few calls of a new key are large. */
const UNKNOWN_BYTES = 8 * MIB;
const RETRY_AFTER_SECONDS = 2;

export interface BodyBudgetOptions {
  /** A body of so many bytes may always be read. */
  freeBytes: number;
  /** Whether Partoo has accepted a key, as far as this process knows. */
  accepts(keyHash: string): boolean;
  keyHashOf(request: FastifyRequest): string | undefined;
}

/**
 * Bounds the bytes of large bodies that this process holds at once, from before they are read until their answer is out. What
 * finds no room is refused unread. Keys that Partoo has accepted share fairly; all other requests, apart from those, by address.
 */
export function boundBodies(
  app: FastifyInstance,
  { freeBytes, accepts, keyHashOf }: BodyBudgetOptions,
): void {
  const accepted = new FairShare(ACCEPTED_BYTES);
  const unknown = new FairShare(UNKNOWN_BYTES);

  app.addHook('preParsing', (request, reply, body, done) => {
    const bytes = announcedBytes(request);
    // A connection that is closed already emits no event that would make room again.
    if (bytes <= freeBytes || reply.raw.closed) return done(null, body);
    const keyHash = keyHashOf(request);
    const giveBack =
      keyHash !== undefined && accepts(keyHash)
        ? accepted.take(keyHash, bytes)
        : unknown.take(request.callerAddress, bytes);
    if (!giveBack) {
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      return done(new OverloadError('the large bodies of this caller that are held already leave no room'));
    }
    reply.raw.once('close', giveBack);
    done(null, body);
  });
}

/** As much as it may have where it does not tell its length. */
function announcedBytes({ headers, routeOptions }: FastifyRequest): number {
  const most = routeOptions.bodyLimit ?? 0;
  if (headers['transfer-encoding'] !== undefined) return most;
  const length = Number(headers['content-length'] ?? 0);
  // What is longer is refused for that, unread.
  return length > most ? 0 : length;
}
