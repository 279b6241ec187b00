import Fastify, { type FastifyInstance } from 'fastify';
import { callerOf } from './access.ts';
import { answerError, notFound, tooManyRequests, unsupportedMediaType } from './errors.ts';
import { createFaults, type Faults, sufferFaults } from './faults.ts';
import { type ReceivedRequest, recordRequests } from './ledger.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { businessRoutes } from './routes/businesses.ts';
import { commentRoutes } from './routes/comments.ts';
import { messageRoutes } from './routes/messages.ts';
import { postRoutes } from './routes/posts.ts';
import { profileKeywordRoutes } from './routes/profile-keywords.ts';
import { profileMetricRoutes } from './routes/profile-metrics.ts';
import { reviewMetricRoutes } from './routes/review-metrics.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { templateRoutes } from './routes/templates.ts';
import { userRoutes } from './routes/users.ts';
import { createState, type State } from './state.ts';

export type { Fault, Faults } from './faults.ts';
export type { ReceivedRequest } from './ledger.ts';

export interface PartooEmulatorOptions {
  /** the day the seeded data ends; default: today */
  now?: Date;
  /** per organization, in a sliding window of 60 seconds; default 300 */
  rateLimitPerMinute?: number;
  /** flat: always 60, as documented; exact: the seconds until a slot is free. Default flat */
  retryAfter?: 'flat' | 'exact';
  /** draws for faults with a `chance`; seeded, a run can be repeated. Default Math.random */
  random?: () => number;
  /** how many requests the ledger keeps; default 10,000 */
  requestsKept?: number;
}

export interface PartooEmulator {
  /** not listening yet */
  app: FastifyInstance;
  /** listens on 127.0.0.1 and answers the base URL, e.g. http://127.0.0.1:4567/v2 */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
  /** everything received, oldest first; the last `requestsKept` */
  requests: ReceivedRequest[];
  faults: Faults;
}

/** An emulated Partoo: real HTTP, invented shops, everything in memory. */
export function createEmulator(options: PartooEmulatorOptions = {}): PartooEmulator {
  const state = createState(options.now ?? new Date());
  const requests: ReceivedRequest[] = [];
  const faults = createFaults(options.random ?? Math.random);
  // Cutting open connections on close: a client's idle keep-alive must not hold a test or a shutdown.
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler((_request, reply) => answerError(notFound(), reply));

  // Faults before the ledger, which then records the status that really left.
  sufferFaults(app, faults);
  recordRequests(app, requests, options.requestsKept ?? 10_000);
  guard(app, createRateLimit(options.rateLimitPerMinute ?? 300, options.retryAfter ?? 'flat'));
  app.register(async v2 => serve(v2, state), { prefix: '/v2' });

  return {
    app,
    requests,
    faults,
    listen: async (port = 0) => `${await app.listen({ host: '127.0.0.1', port })}/v2`,
    close: () => app.close(),
  };
}

function serve(app: FastifyInstance, state: State): void {
  userRoutes(app);
  businessRoutes(app, state);
  reviewRoutes(app, state);
  commentRoutes(app, state);
  templateRoutes(app, state);
  messageRoutes(app, state);
  postRoutes(app, state);
  reviewMetricRoutes(app, state);
  profileMetricRoutes(app, state);
  profileKeywordRoutes(app, state);
}

function guard(app: FastifyInstance, rateLimit: RateLimit): void {
  app.addHook('onRequest', async (request, reply) => {
    const refused = rateLimit.take(callerOf(request).org_id, Date.now());
    if (refused) {
      reply.header('retry-after', refused.retryAfterSeconds);
      throw tooManyRequests();
    }
    const writes = request.method === 'POST' || request.method === 'PUT';
    const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
    if (writes && !isJson) throw unsupportedMediaType();
  });
}
