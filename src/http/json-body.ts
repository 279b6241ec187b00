import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { hasLongIntegers, parseJson } from '../core/json.ts';
import { isObject } from '../partoo/page.ts';

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
    return parse(request, text, (error, rounded) => {
      if (error) return done(error);
      try {
        return done(null, withItsIds(parseJson(withoutByteOrderMark(text)), rounded));
      } catch {
        return done(badRequest('the body is nested too deep'));
      }
    });
  });
}

/**
 * The message with its own ids as they are without digits kept: a long number that became a text would be answered with a
 * text, which its sender does not know. It stays a number, and is refused.
 */
function withItsIds(exact: unknown, rounded: unknown): unknown {
  if (Array.isArray(exact) && Array.isArray(rounded)) {
    return exact.map((message, index) => withItsIds(message, rounded[index]));
  }
  if (!isObject(exact) || !isObject(rounded) || exact.id === rounded.id) return exact;
  return { ...exact, id: rounded.id };
}

const badRequest = (message: string) => Object.assign(new Error(message), { statusCode: 400 });

const withoutByteOrderMark = (text: string) => text.replace(/^\uFEFF/, '');
