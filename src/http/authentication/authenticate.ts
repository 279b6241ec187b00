import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { CallError } from '../../core/call-error.ts';
import type { Authentication } from './authentication.ts';
import type { BearerAuthentication } from './bearer-token.ts';
import type { Identify } from './identify.ts';
import type { SharedKey } from './shared-key.ts';
import { isMadeHere } from './shared-key-tokens/token.ts';

export type Authenticate = (
  request: Pick<IncomingMessage, 'headersDistinct' | 'httpVersion' | 'socket'>,
) => Authentication | Promise<Authentication>;

declare module 'fastify' {
  interface FastifyRequest {
    authentication: Authentication;
  }
}

interface AuthenticateOptions {
  identify: Identify;
  /** Set where people can sign in. */
  bearer: BearerAuthentication | undefined;
  /** Set where the server has a Partoo key that callers share. */
  sharedKey: SharedKey | undefined;
}

export function createAuthenticate({ identify, bearer, sharedKey }: AuthenticateOptions): Authenticate {
  return request => {
    const byToken = bearer?.authenticate(request);
    if (byToken) return byToken;
    const own = identify(request);
    if (!own && bearer) return bearer.required;
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
  error: new CallError('missing_api_key', 'an access token, where callers send a Partoo key', {
    problems: ['The request has an access token of a server that shares one key; this server shares none.'],
  }),
};

/** Sets `request.authentication` on every request of this scope. */
export function authenticateRequests(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('authentication');
  app.addHook('onRequest', async request => {
    const { caller, ...rest } = await authenticate(request.raw);
    const address = request.callerAddress;
    request.authentication = { ...rest, caller: caller && { ...caller, address } } as Authentication;
  });
}
