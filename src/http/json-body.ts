import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { hasLongIntegers, parseJson } from '../core/json.ts';

/**
 * Reads JSON bodies, and nothing else. Fastify's parser puts U+FFFD where bytes are no UTF-8: a reply would be published
 * with it. And it rounds long ids.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isUtf8(body)) return done(badRequest('the body is not UTF-8'));
    const text = body.toString('utf8');
    if (!hasLongIntegers(text)) return parse(request, text, done);
    // Fastify's parser first: it also refuses names that would be a prototype.
    return parse(request, text, error => {
      if (error) return done(error);
      try {
        return done(null, parseJson(withoutByteOrderMark(text)));
      } catch {
        return done(badRequest('the body is nested too deep'));
      }
    });
  });
}

const badRequest = (message: string) => Object.assign(new Error(message), { statusCode: 400 });

const withoutByteOrderMark = (text: string) => text.replace(/^\uFEFF/, '');
