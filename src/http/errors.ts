import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { errorFields } from '../core/error-fields.ts';
import { CLIENT_CLOSED_REQUEST, isDisconnect } from './connections/disconnect.ts';

/** JSON-RPC's codes for what goes wrong before a message is understood. */
export const JSON_RPC = { parseError: -32700, internalError: -32603, refused: -32000 } as const;

export interface JsonRpcRefusal {
  status: number;
  code: number;
  message: string;
}

/** Answers a request that never became a JSON-RPC message: HTTP status for proxies, JSON-RPC for clients. */
export function refuse(reply: FastifyReply, { status, code, message }: JsonRpcRefusal): FastifyReply {
  const error = { code, message, data: { request_id: reply.request.id } };
  return reply.code(status).send({ jsonrpc: '2.0', error, id: null });
}

export const UNSUPPORTED_MEDIA_TYPE: JsonRpcRefusal = {
  status: 415,
  code: JSON_RPC.refused,
  message: 'Content-Type must be application/json',
};

export const UNSUPPORTED_ENCODING: JsonRpcRefusal = {
  status: 415,
  code: JSON_RPC.refused,
  message: 'The body is compressed: send it as it is, without Content-Encoding',
};

export const NEEDS_KEY: JsonRpcRefusal = {
  status: 401,
  code: JSON_RPC.refused,
  message:
    'This server needs a Partoo API key: send it in the header "x-APIKey" (or "x-api-key", "x-auth-token", ' +
    '"Authorization: Bearer <key>")',
};

/** A caller that put its key in the URL and sent none in a header. What it wrote there is never repeated. */
export const keyInUrlRefused = (parameter: string): JsonRpcRefusal => ({
  status: 400,
  code: JSON_RPC.refused,
  message:
    `This server does not read a key from the URL ("${parameter}"), where proxies write it down: send it in the header ` +
    '"x-APIKey" (or "Authorization: Bearer <key>") and take it out of the URL',
});

/** Said with it: the key goes in a header, and there is no login. */
export const KEY_CHALLENGE = 'ApiKey header="x-APIKey"';

/** More to do than this process can. Nothing of the request has been read. */
export class OverloadError extends Error {
  readonly code = 'OVERLOADED';
}

const OVERLOADED: JsonRpcRefusal = {
  status: 503,
  code: JSON_RPC.refused,
  message:
    'This server has more to do than it can right now. Nothing was done: wait a few seconds and call again',
};

/** A request that does not say rightly what it may use. Every fault at once. */
export function badToolFilter(problems: string[]): JsonRpcRefusal {
  const message = `Refused, so that no misspelling leaves more tools than were meant. ${problems.join(' ')}`;
  return { status: 400, code: JSON_RPC.refused, message };
}

/** Fastify's errors on /mcp, as an MCP client understands them. */
export function mcpErrorHandler(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (isDisconnect(error, request)) return endDisconnected(error, request, reply);
  switch (error.code) {
    case 'OVERLOADED':
      return refuse(reply, OVERLOADED);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse(reply, UNSUPPORTED_MEDIA_TYPE);
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse(reply, {
        status: 413,
        code: JSON_RPC.refused,
        message: 'The body is larger than 256 KiB',
      });
  }
  const ofBody = error.code === 'BAD_BODY';
  if (ofBody || (error.statusCode ?? 500) < 500) {
    const why = ofBody ? error.message : 'the body did not arrive as it was announced';
    return refuse(reply, { status: 400, code: JSON_RPC.parseError, message: `Parse error: ${why}` });
  }
  logFailure(error, request);
  return refuse(reply, { status: 500, code: JSON_RPC.internalError, message: internalMessage(request) });
}

/** What a stranger sees when another page breaks. */
export function errorHandler(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (isDisconnect(error, request)) return endDisconnected(error, request, reply);
  const status = error.statusCode ?? 500;
  if (status >= 500) logFailure(error, request);
  const message = status >= 500 ? internalMessage(request) : 'The request is not right';
  return reply.code(status).send({ error: message });
}

export function notFoundHandler(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: 'There is nothing here. The MCP endpoint is POST /mcp.' });
}

const internalMessage = ({ id }: FastifyRequest) => `Internal error; the log has it under request id ${id}`;

/** Nobody reads this answer: it ends the request for the hooks that count it. */
function endDisconnected({ message }: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.debug({ requestId: request.id, why: message }, 'the caller disconnected');
  return reply.code(CLIENT_CLOSED_REQUEST).send();
}

function logFailure(error: FastifyError, request: FastifyRequest): void {
  request.log.error({ requestId: request.id, error: errorFields(error) }, 'request failed');
}
