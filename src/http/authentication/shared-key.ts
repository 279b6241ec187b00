import type { IncomingMessage } from 'node:http';
import { CallError } from '../../core/call-error.ts';
import type { Caller, Holder } from '../../core/caller.ts';
import { callerOf } from './identify.ts';
import { hashKey } from './key-hash.ts';

type Request = Pick<IncomingMessage, 'headersDistinct' | 'httpVersion' | 'socket'>;

/** The server's own Partoo key, which callers share. */
export interface SharedKey {
  /** The caller of a request, or the error that says why it may not use the key; undefined for a caller with a key of its own. */
  authenticate(credential: string | undefined, request: Request): Caller | CallError | undefined;
  /** The caller for someone who has been authenticated otherwise. */
  callerOf(holder: Holder): Caller;
}

interface SharedKeyOptions {
  key: string;
  /** KEY_HASH_SECRET. */
  secret: string;
  /** Returns the holder of an access token; undefined for an unknown or expired one. Absent where no token is needed. */
  findHolder?: (token: string) => Holder | undefined;
  /** Returns the person that a login proxy names. */
  personOf?: (request: Request) => string | undefined;
  /** Whether pages may call, because the operator lists their origins. */
  allowsPages: boolean;
}

export function createSharedKey(options: SharedKeyOptions): SharedKey {
  const { key, secret, findHolder, personOf = () => undefined, allowsPages } = options;
  const unnamed = callerOf(key, secret);
  const callerOfHolder = ({ person, restriction }: Holder): Caller => ({
    ...unnamed,
    person,
    restriction,
    callerHash: person === undefined ? unnamed.keyHash : hashKey(`${person} ${key}`, secret),
  });
  return {
    callerOf: callerOfHolder,
    authenticate(credential, request) {
      if (!findHolder) {
        if (credential !== undefined) return undefined;
        return (
          (isFromElsewhere(request) && THROUGH_PROXY) ||
          (isFromPage(request) && !allowsPages && FROM_PAGE) ||
          unnamed
        );
      }
      const holder = credential === undefined ? undefined : findHolder(credential);
      return holder ? callerOfHolder({ ...holder, person: holder.person ?? personOf(request) }) : NO_TOKEN;
    },
  };
}

/** Such a credential is not sent to Partoo: it may be a mistyped token. */
const NO_TOKEN = new CallError('invalid_access_token', 'no known access token in the request');
const THROUGH_PROXY = new CallError(
  'invalid_access_token',
  'the request came through a proxy, so others than this machine may call: set ACCESS_TOKEN',
);
const FROM_PAGE = new CallError(
  'invalid_access_token',
  'the request came from a web page: set ALLOWED_ORIGINS or ACCESS_TOKEN if it may call',
);

/** What proxies and tunnels add. One of them on this machine would lend its loopback address to everybody. */
const FORWARDED = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
];

/** HTTP 1.0 is what nginx speaks to a server behind it unless it is told otherwise, without any of these headers. */
const isFromElsewhere = ({ headersDistinct, httpVersion }: Request) =>
  httpVersion === '1.0' || FORWARDED.some(name => headersDistinct[name] !== undefined);

/** Browsers send it with every POST of a page. Pages on loopback are not more trustworthy than others. */
const isFromPage = ({ headersDistinct }: Request) => headersDistinct.origin !== undefined;
