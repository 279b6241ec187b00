import type { FastifyInstance } from 'fastify';

const MAX_FORM_BYTES = 8 * 1024;

/** Reads the bodies of HTML forms, as URLSearchParams, in this scope. */
export function readForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}
