import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller } from '../partoo/call.ts';

/** A key that fits in an HTTP header and that Partoo could have issued. */
const PLAUSIBLE_KEY = /^[\x21-\x7e]{1,512}$/;
/** What clients send when the variable in their configuration was not set: `${PARTOO_API_KEY}`, `<your key>`. */
const UNFILLED = /^(\$\{.*\}|\$[A-Z_]+|\{\{.*\}\}|<.*>)$/;

export type Identify = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => Caller | undefined;

/**
 * Answers how to tell the caller of a request: `x-APIKey`, or `Authorization: Bearer` for clients that can set nothing
 * else; `x-APIKey` wins. Undefined when there is no usable key. What stands for the key elsewhere is made with `secret`:
 * without it nobody can try guesses against a hash.
 */
export function createIdentify(secret: string): Identify {
  // A connection mostly brings one caller's requests. With it goes what was known of its key.
  const lastOn = new WeakMap<Socket, Caller>();
  return ({ headers, socket }) => {
    const key = headerKey(headers['x-apikey']) ?? bearerKey(headers.authorization);
    if (key === undefined || !PLAUSIBLE_KEY.test(key) || UNFILLED.test(key)) return undefined;
    const last = lastOn.get(socket);
    if (last?.key === key) return last;
    const caller = { key, keyHash: hashKey(key, secret), sealingKey: () => hmac(`seal ${key}`, secret) };
    lastOn.set(socket, caller);
    return caller;
  };
}

/** 96 bits of HMAC-SHA-256 as hex: enough to tell keys apart, too little to be mistaken for one. */
export function hashKey(key: string, secret: string): string {
  return hmac(key, secret).toString('hex').slice(0, 24);
}

const hmac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest();

function headerKey(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.trim() || undefined;
}

function bearerKey(header: string | undefined): string | undefined {
  return /^Bearer +(.+)$/i.exec(header?.trim() ?? '')?.[1]?.trim();
}
