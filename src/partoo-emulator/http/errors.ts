import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

/** A response other than 200, with the body that Partoo documents for it. */
export class ErrorResponse extends Error {
  readonly statusCode: number;
  readonly body: unknown;

  constructor(statusCode: number, body: unknown) {
    super(`responds with ${statusCode}`);
    this.statusCode = statusCode;
    this.body = body;
  }
}

export const badRequest = (fields: Record<string, string>) =>
  new ErrorResponse(400, { error: { json: fields } });

export const unauthenticated = () =>
  new ErrorResponse(401, { error: { authentication: 'User not authenticated' } });

export const notAllowed = () => new ErrorResponse(403, { error: { authorization: 'Operation not allowed' } });

export const editNotAllowed = (fields: string[]) =>
  new ErrorResponse(403, {
    errors: { authorization: Object.fromEntries(fields.map(field => [field, 'edit_not_allowed'])) },
  });

export const notFound = () => new ErrorResponse(404, { error: { json: 'Resource not found' } });

export const unsupportedMediaType = () =>
  new ErrorResponse(415, { errors: { json: 'Unsupported media type. Please use application/json' } });

/** Partoo does not document the body. */
export const tooManyRequests = () => new ErrorResponse(429, { error: { rate_limit: 'Too many requests' } });

export function badFields(error: z.ZodError): ErrorResponse {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) fields[[...issue.path, key].join('.')] = 'Unknown field.';
    } else {
      fields[issue.path.join('.') || 'body'] ??= issue.message;
    }
  }
  return badRequest(fields);
}

export function sendError(error: unknown, reply: FastifyReply) {
  if (error instanceof ErrorResponse) return reply.code(error.statusCode).send(error.body);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 415) return sendError(unsupportedMediaType(), reply);
  const message = error instanceof Error ? error.message : String(error);
  // Fastify's own: a malformed, empty or oversized body.
  if (status < 500) return reply.code(status).send({ error: { json: { body: message } } });
  return reply.code(500).send({ error: { json: message } });
}
