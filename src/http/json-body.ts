import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/**
 * Reads JSON bodies, and nothing else. Fastify's parser puts U+FFFD where bytes are no UTF-8: a reply would be published
 * with it.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isUtf8(body)) return parse(request, body.toString('utf8'), done);
    return done(Object.assign(new Error('the body is not UTF-8'), { statusCode: 400 }));
  });
}
