import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller } from '../../core/caller.ts';
import { hashKey, sealingKeyOf } from './key-hash.ts';
import { keyIn } from './key-header.ts';

/**
 * Returns the caller of a request; undefined without a usable key (see key-header.ts). Not from `headers`: there Node drops
 * a second `Authorization` silently.
 */
export type Identify = (request: Pick<IncomingMessage, 'headersDistinct' | 'socket'>) => Caller | undefined;

/** The caller with a key of its own. */
export function callerOf(key: string, secret: string): Caller {
  const keyHash = hashKey(key, secret);
  return { key, keyHash, callerHash: keyHash, sealingKey: () => sealingKeyOf(key, secret) };
}

/** `secret`: see key-hash.ts. */
export function createIdentify(secret: string): Identify {
  // Most connections carry one caller's requests.
  const lastOn = new WeakMap<Socket, Caller>();
  return ({ headersDistinct, socket }) => {
    const key = keyIn(headersDistinct);
    if (key === undefined) return undefined;
    const last = lastOn.get(socket);
    if (last?.key === key) return last;
    const caller = callerOf(key, secret);
    lastOn.set(socket, caller);
    return caller;
  };
}
