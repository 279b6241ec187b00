import type { Cluster, Redis } from 'ioredis';

/** By identity: ioredis fails with plain Errors too, which no class and no text tells from our own. */
const redisErrors = new WeakSet<object>();

/** Marks an error as one of Redis, or of the connection to it. */
export function asRedisError<Thrown>(error: Thrown): Thrown {
  if (typeof error === 'object' && error !== null) redisErrors.add(error);
  return error;
}

/** Whether an error came from Redis. Any other that is thrown while Redis is asked is a fault of this server. */
export const isRedisError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && redisErrors.has(error);

/** Marks everything that a command of this connection fails with. Every command passes `sendCommand`. */
export function markErrorsOf<Connection extends Redis | Cluster>(redis: Connection): Connection {
  // What ioredis returns is the command's promise, though its types do not say so.
  const send = redis.sendCommand.bind(redis) as Send;
  const marking: Send = (...sent) => {
    const answer = send(...sent);
    answer.catch(asRedisError);
    return answer;
  };
  return Object.assign(redis, { sendCommand: marking });
}

type Send = (...sent: Parameters<Cluster['sendCommand']>) => Promise<unknown>;
