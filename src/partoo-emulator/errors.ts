import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

/** An answer other than 200, with the body the API documents for it. */
export class Refusal extends Error {
  readonly statusCode: number;
  readonly body: unknown;

  constructor(statusCode: number, body: unknown) {
    super(`refused with ${statusCode}`);
    this.statusCode = statusCode;
    this.body = body;
  }
}

export const badRequest = (fields: Record<string, string>) => new Refusal(400, { error: { json: fields } });

export const unauthenticated = () =>
  new Refusal(401, { error: { authentication: 'User not authenticated' } });

export const notAllowed = () => new Refusal(403, { error: { authorization: 'Operation not allowed' } });

export const editNotAllowed = (fields: string[]) =>
  new Refusal(403, {
    errors: { authorization: Object.fromEntries(fields.map(field => [field, 'edit_not_allowed'])) },
  });

export const notFound = () => new Refusal(404, { error: { json: 'Resource not found' } });

export const unsupportedMediaType = () =>
  new Refusal(415, { errors: { json: 'Unsupported media type. Please use application/json' } });

// The body of a 429 is not documented.
export const tooManyRequests = () => new Refusal(429, { error: { rate_limit: 'Too many requests' } });

export function badFields(error: z.ZodError): Refusal {
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

export function answerError(error: unknown, reply: FastifyReply) {
  if (error instanceof Refusal) return reply.code(error.statusCode).send(error.body);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 415) return answerError(unsupportedMediaType(), reply);
  const message = error instanceof Error ? error.message : String(error);
  // What Fastify itself refuses: a malformed, empty or oversized body.
  if (status < 500) return reply.code(status).send({ error: { json: { body: message } } });
  return reply.code(500).send({ error: { json: message } });
}
