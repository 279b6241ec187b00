import type { IncomingMessage } from 'node:http';
import type { Caller, Restriction } from '../../core/caller.ts';
import { callerOf } from './identify.ts';
import { hashKey } from './key-hash.ts';

/** Someone who may use the server's own Partoo key. */
export interface Holder {
  person?: string;
  restriction?: Restriction;
}

/** The server's own Partoo key, which callers share. */
export interface SharedKey {
  /** Whether every request needs an access token; if not, requests without credentials use the key. */
  requiresToken: boolean;
  /** The caller that a credential of the request stands for; undefined if it is none of this server's. */
  callerFor(
    credential: string | undefined,
    request: Pick<IncomingMessage, 'headersDistinct' | 'socket'>,
  ): Caller | undefined;
  /** The caller for someone who has been authenticated otherwise. */
  callerOf(holder: Holder): Caller;
}

interface SharedKeyOptions {
  key: string;
  /** KEY_HASH_SECRET. */
  secret: string;
  /** Returns the holder of an access token; undefined for an unknown or expired one. Absent where no token is needed. */
  findHolder?: (token: string) => Holder | undefined;
}

export function createSharedKey({ key, secret, findHolder }: SharedKeyOptions): SharedKey {
  const unnamed = callerOf(key, secret);
  const callerOfHolder = ({ person, restriction }: Holder): Caller => ({
    ...unnamed,
    person,
    restriction,
    callerHash: person === undefined ? unnamed.keyHash : hashKey(`${person} ${key}`, secret),
  });
  return {
    requiresToken: findHolder !== undefined,
    callerFor(credential) {
      if (!findHolder) return credential === undefined ? unnamed : undefined;
      const holder = credential === undefined ? undefined : findHolder(credential);
      return holder && callerOfHolder(holder);
    },
    callerOf: callerOfHolder,
  };
}
