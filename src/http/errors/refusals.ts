import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '../../core/call-error.ts';

/** A request that never became a JSON-RPC message: an HTTP status for proxies, a JSON-RPC error for clients. */
export interface Refusal {
  status: number;
  code: number;
  message: string;
}

const REFUSED = -32_000;

export const refusal = (status: number, message: string, code = REFUSED): Refusal => ({
  status,
  code,
  message,
});

export function refuse(reply: FastifyReply, { status, code, message }: Refusal): FastifyReply {
  const error = { code, message, data: { request_id: reply.request.id } };
  return reply.code(status).send({ jsonrpc: '2.0', error, id: null });
}

export const UNSUPPORTED_MEDIA_TYPE = refusal(415, 'Content-Type must be application/json');

export const UNSUPPORTED_ENCODING = refusal(
  415,
  'The body is compressed: send it as it is, without Content-Encoding',
);

const NEEDS_KEY = refusal(
  401,
  'This server needs a Partoo API key: send it in the header "x-APIKey" (or "x-api-key", "x-auth-token", ' +
    '"Authorization: Bearer <key>")',
);

const NEEDS_ACCESS_TOKEN = refusal(
  401,
  'This server needs an access token: send the one that its administrator gave you as "Authorization: Bearer <token>" (or in ' +
    'the header "x-api-key")',
);

/** What a request without a usable caller lacks. */
export const needs = (code: ErrorCode | undefined) =>
  code === 'invalid_access_token' ? NEEDS_ACCESS_TOKEN : NEEDS_KEY;

/** The `WWW-Authenticate` header of a 401. It names no OAuth scheme, so that clients start no login. */
export const KEY_CHALLENGE = 'ApiKey header="x-APIKey"';

export const SIGN_IN_REQUIRED = refusal(
  401,
  'Sign in to use this server: the WWW-Authenticate header says where. A client with a key or token of its own sends it in a header',
);

export const INSUFFICIENT_SCOPE = refusal(
  403,
  'The permissions given at sign-in do not allow this call. Sign in again for the scopes in the WWW-Authenticate header',
);

/** The value of the parameter is never repeated. */
export const keyInUrlRefused = (parameter: string) =>
  refusal(
    400,
    `This server does not read a key from the URL ("${parameter}"), where proxies write it down: send it in the header ` +
      '"x-APIKey" (or "Authorization: Bearer <key>") and take it out of the URL',
  );

export const badToolFilter = (problems: string[]) =>
  refusal(400, `Refused: a misspelling must not enable more tools than intended. ${problems.join(' ')}`);

export const tooManyKeys = (seconds: number) =>
  refusal(
    429,
    'Too many calls from this address with keys that Partoo refuses, or of which nothing is known yet. ' +
      `Wait ${seconds} seconds, and check the key`,
  );
