import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { errorFields } from '../../core/error-fields.ts';
import { CLIENT_CLOSED_REQUEST, isDisconnect } from '../connections/disconnect.ts';
import { refusal, refuse, UNSUPPORTED_MEDIA_TYPE } from './refusals.ts';

const PARSE_ERROR = -32_700;
const INTERNAL_ERROR = -32_603;

/** Thrown before anything of the request is read. */
export class OverloadError extends Error {
  readonly code = 'OVERLOADED';
}

const OVERLOADED = refusal(
  503,
  'This server has more to do than it can right now. Nothing was done: wait a few seconds and call again',
);
const TOO_LARGE = refusal(413, 'The body is larger than 256 KiB');

/** Turns errors on /mcp into JSON-RPC errors. */
export function mcpErrorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (isDisconnect(error, request)) return endDisconnected(error, request, reply);
  switch (error.code) {
    case 'OVERLOADED':
      return refuse(reply, OVERLOADED);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse(reply, UNSUPPORTED_MEDIA_TYPE);
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse(reply, TOO_LARGE);
    case 'BAD_BODY':
      return refuse(reply, refusal(400, `Parse error: ${error.message}`, PARSE_ERROR));
  }
  if ((error.statusCode ?? 500) < 500) {
    const message = 'Parse error: the body did not arrive as it was announced';
    return refuse(reply, refusal(400, message, PARSE_ERROR));
  }
  return refuse(reply, refusal(500, internalError(error, request), INTERNAL_ERROR));
}

/** The same for all other routes, without details: those are public. */
export function errorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (isDisconnect(error, request)) return endDisconnected(error, request, reply);
  const status = error.statusCode ?? 500;
  const message = status >= 500 ? internalError(error, request) : 'The request is not right';
  return reply.code(status).send({ error: message });
}

export function notFoundHandler(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: 'There is nothing here. The MCP endpoint is POST /mcp.' });
}

/** Sends a response that nobody receives, so that the hooks that count requests run. */
function endDisconnected({ message }: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.debug({ requestId: request.id, why: message }, 'the client disconnected');
  return reply.code(CLIENT_CLOSED_REQUEST).send();
}

/** Logs the error; returns the message for the client. */
function internalError(error: FastifyError, { log, id }: FastifyRequest): string {
  log.error({ requestId: id, error: errorFields(error) }, 'request failed');
  return `Internal error; the log has it under request id ${id}`;
}
