import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller } from '../../core/caller.ts';
import { keyIn } from './key-header.ts';

/**
 * Returns the caller of a request; undefined without a usable key (see key-header.ts). Not from `headers`: there Node drops
 * a second `Authorization` silently.
 */
export type Identify = (request: Pick<IncomingMessage, 'headersDistinct' | 'socket'>) => Caller | undefined;

/** Hashes are keyed with `secret`: without it nobody can test guesses of a key against its hash. */
export function createIdentify(secret: string): Identify {
  // Most connections carry one caller's requests.
  const lastOn = new WeakMap<Socket, Caller>();
  return ({ headersDistinct, socket }) => {
    const key = keyIn(headersDistinct);
    if (key === undefined) return undefined;
    const last = lastOn.get(socket);
    if (last?.key === key) return last;
    const caller = { key, keyHash: hashKey(key, secret), sealingKey: () => hmac(`seal ${key}`, secret) };
    lastOn.set(socket, caller);
    return caller;
  };
}

/** 96 bits of HMAC-SHA-256 as hex: enough to tell keys apart, too short to be mistaken for one. */
export function hashKey(key: string, secret: string): string {
  return hmac(key, secret).toString('hex').slice(0, 24);
}

const hmac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest();
