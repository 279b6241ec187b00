import type { Cluster, Redis } from 'ioredis';

/** By identity: ioredis also throws plain Errors, which no class and no text distinguishes from this server's. */
const redisErrors = new WeakSet<object>();

/** Marks an error as one of Redis, or of the connection to it. */
export function asRedisError<Thrown>(error: Thrown): Thrown {
  if (typeof error === 'object' && error !== null) redisErrors.add(error);
  return error;
}

/** Whether an error came from Redis. Any other error thrown during a command is a fault of this server. */
export const isRedisError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && redisErrors.has(error);

/** Redis is well: this server sent it a number or a TTL that it cannot take. */
const BAD_ARGUMENT = /\binvalid expire time\b|\bnot an integer or out of range\b/;

/** Marks every error of this connection's commands. All of them pass through `sendCommand`. */
export function markErrorsOf<Connection extends Redis | Cluster>(redis: Connection): Connection {
  // ioredis returns the command's promise here, though its types do not say so.
  const send = redis.sendCommand.bind(redis) as Send;
  const marking: Send = (...command) => {
    const reply = send(...command);
    reply.catch(error => BAD_ARGUMENT.test(String(error)) || asRedisError(error));
    return reply;
  };
  return Object.assign(redis, { sendCommand: marking });
}

type Send = (...command: Parameters<Cluster['sendCommand']>) => Promise<unknown>;
