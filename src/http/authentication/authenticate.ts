import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { isMadeHere } from './access-token.ts';
import type { Identify } from './identify.ts';
import type { SharedKey } from './shared-key.ts';

/** The result of reading a request's credentials. */
export type Authentication =
  | { caller: Caller; error?: undefined }
  /** No usable credentials: tools are listed where that is open to all, and a tool call gets this error. */
  | { caller: undefined; error: CallError };

export type Authenticate = (
  request: Pick<IncomingMessage, 'headersDistinct' | 'socket'>,
) => Authentication | Promise<Authentication>;

declare module 'fastify' {
  interface FastifyRequest {
    authentication: Authentication;
  }
}

interface AuthenticateOptions {
  identify: Identify;
  /** Set where the server has a Partoo key that callers share. */
  sharedKey: SharedKey | undefined;
}

export function createAuthenticate({ identify, sharedKey }: AuthenticateOptions): Authenticate {
  return request => {
    const own = identify(request);
    const shared = sharedKey?.authenticate(own?.key, request);
    if (shared instanceof CallError) return { caller: undefined, error: shared };
    if (shared) return { caller: shared };
    if (own && isMadeHere(own.key)) return FOREIGN_TOKEN;
    return own ? { caller: own } : NO_KEY;
  };
}

const NO_KEY = {
  caller: undefined,
  error: new CallError('missing_api_key', 'no usable key in the request'),
};
/** Partoo would learn the access token of another server. */
const FOREIGN_TOKEN = {
  caller: undefined,
  error: new CallError('invalid_access_token', 'an access token, where callers send a Partoo key'),
};

/** Sets `request.authentication` on every request of this scope. */
export function authenticateRequests(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('authentication');
  app.addHook('onRequest', async request => {
    request.authentication = await authenticate(request.raw);
  });
}
