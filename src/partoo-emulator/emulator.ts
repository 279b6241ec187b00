import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { createState, type State } from './data/state.ts';
import { callerOf } from './http/access.ts';
import { notAllowed, notFound, sendError, tooManyRequests, unsupportedMediaType } from './http/errors.ts';
import type { Faults } from './http/fault.ts';
import { createFaultQueue, injectFaults } from './http/fault-injection.ts';
import { createRateLimit, type RateLimit } from './http/rate-limit.ts';
import { pathOf, type ReceivedRequest, recordRequests } from './http/request-log.ts';
import { mayOnlyRead } from './model/keys.ts';
import { profileKeywordRoutes } from './routes/analytics/profile-keywords.ts';
import { profileMetricRoutes } from './routes/analytics/profile-metrics.ts';
import { reviewMetricRoutes } from './routes/analytics/review-metrics.ts';
import { businessRoutes } from './routes/businesses.ts';
import { commentRoutes } from './routes/comments.ts';
import { groupRoutes } from './routes/groups.ts';
import { conversationRoutes } from './routes/messages/conversations.ts';
import { messageTemplateRoutes } from './routes/messages/message-templates.ts';
import { messageRoutes } from './routes/messages/messages.ts';
import { postChangeRoutes } from './routes/posts/post-changes.ts';
import { postRoutes } from './routes/posts/posts.ts';
import { presenceRoutes } from './routes/presence.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { templateRoutes } from './routes/templates.ts';
import { userRoutes } from './routes/users.ts';

export type { Fault, Faults } from './http/fault.ts';
export type { ReceivedRequest } from './http/request-log.ts';

export interface PartooEmulatorOptions {
  /** When the seeded data ends. Default: now. */
  now?: Date;
  /** Per organization, in a sliding window of 60 seconds. Default: 300. */
  rateLimitPerMinute?: number;
  /** `flat`: always 60, as documented. `exact`: the seconds until a request is allowed. Default: `flat`. */
  retryAfter?: 'flat' | 'exact';
  /** For faults with a `chance`. A seeded generator makes runs repeatable. Default: Math.random. */
  random?: () => number;
  /** How many received requests are kept. Default: 10,000. */
  requestsKept?: number;
}

export interface PartooEmulator {
  /** Not listening yet. */
  app: FastifyInstance;
  /** Listens on 127.0.0.1. Returns the base URL, e.g. http://127.0.0.1:4567/v2. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
  /** Oldest first. */
  requests: ReceivedRequest[];
  faults: Faults;
}

/** An emulated Partoo API over HTTP, with invented businesses, in memory. */
export function createEmulator(options: PartooEmulatorOptions = {}): PartooEmulator {
  const state = createState(options.now ?? new Date());
  const requests: ReceivedRequest[] = [];
  const faults = createFaultQueue(options.random ?? Math.random);
  // A client's idle connections must not delay tests and shutdown.
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, _request, reply) => sendError(error, reply));
  app.setNotFoundHandler((_request, reply) => sendError(notFound(), reply));

  // First, so that the log has the status that really left.
  injectFaults(app, faults);
  recordRequests(app, requests, options.requestsKept ?? 10_000);
  checkRequests(app, createRateLimit(options.rateLimitPerMinute ?? 300, options.retryAfter ?? 'flat'));
  app.register(async v2 => registerRoutes(v2, state), { prefix: '/v2' });

  return {
    app,
    requests,
    faults,
    listen: async (port = 0) => `${await app.listen({ host: '127.0.0.1', port })}/v2`,
    close: () => app.close(),
  };
}

function registerRoutes(app: FastifyInstance, state: State): void {
  userRoutes(app);
  businessRoutes(app, state);
  presenceRoutes(app, state);
  groupRoutes(app, state);
  reviewRoutes(app, state);
  commentRoutes(app, state);
  templateRoutes(app, state);
  conversationRoutes(app, state);
  messageRoutes(app, state);
  messageTemplateRoutes(app, state);
  postRoutes(app, state);
  postChangeRoutes(app, state);
  reviewMetricRoutes(app, state);
  profileMetricRoutes(app, state);
  profileKeywordRoutes(app, state);
}

function checkRequests(app: FastifyInstance, rateLimit: RateLimit): void {
  app.addHook('onRequest', async (request, reply) => {
    const refused = rateLimit.take(callerOf(request).org_id, Date.now());
    if (refused) {
      reply.header('retry-after', refused.retryAfterSeconds);
      throw tooManyRequests();
    }
    if (!isRead(request) && mayOnlyRead(request.headers['x-apikey'])) throw notAllowed();
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(request.method);
    const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
    if (hasBody && !isJson) throw unsupportedMediaType();
  });
}

/** The errors of a business are read by POST. */
const isRead = ({ method, url }: FastifyRequest) =>
  method === 'GET' || pathOf(url).startsWith('/v2/diffusion_errors/');
