import { randomUUID } from 'node:crypto';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { clientErrorHandler } from './connections/client-error.ts';
import { CLIENT_CLOSED_REQUEST } from './connections/disconnect.ts';
import { drain } from './connections/drain.ts';
import { endSlowRequests } from './connections/slow-requests.ts';
import { errorHandler, notFoundHandler } from './errors.ts';
import { type FrontPageOptions, frontPage } from './routes/front-page.ts';
import { type HealthOptions, health } from './routes/health.ts';
import { type McpRouteOptions, mcpRoute } from './routes/mcp-route.ts';
import { type ToolsPageOptions, toolsPage } from './routes/tools-page.ts';

export interface AppOptions extends McpRouteOptions, FrontPageOptions, ToolsPageOptions, HealthOptions {
  log: FastifyBaseLogger;
  trustProxy: boolean | string;
  /** How long a request may take to arrive. */
  requestTimeoutMs: number;
  /** How long an answer may take to be made. */
  answerWithinMs: number;
  maxConnections: number;
  /** Told of every request that could be read, when it is over. */
  onServed?: (request: ServedRequest) => void;
}

export interface ServedRequest {
  method: string;
  /** As it is declared here; empty for a URL that is not. */
  route: string;
  /** 499 where the connection closed before the answer was out. */
  status: number;
  seconds: number;
}

/** Far more than any call needs: callers without a key may send as much, and cost as much. */
const MAX_BODY_BYTES = 256 * 1024;
const HEADERS_TIMEOUT_MS = 20_000;
/** How often slow senders are looked for; Node's 30 s would add as much to the time they have. */
const LOOK_FOR_SLOW_EVERY_MS = 1_000;

const identified = (request: FastifyRequest, reply: FastifyReply) =>
  reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');

/** The HTTP app, apart from the process that runs it. */
export function createFastify(options: AppOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: options.log,
    // One line a tool call is written by mcp/call-log.ts; a line a request would say the same twice.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy,
    // `/mcp/` and `//mcp` are how some clients join a base URL and a path.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    bodyLimit: MAX_BODY_BYTES,
    clientErrorHandler: clientErrorHandler(options.log),
    // A URL that is none gets here past every hook.
    frameworkErrors(error, request, reply) {
      errorHandler(error, request, identified(request, reply));
    },
    // A request must have arrived whole by then; slow senders do not hold connections.
    requestTimeout: options.requestTimeoutMs,
    // Longer than the 60 s after which load balancers drop idle connections, so that it is never us who drops one
    // they are about to use.
    keepAliveTimeout: 65_000,
    // What still arrives on an open connection while the app closes is a call like any other: see drain.ts.
    return503OnClosing: false,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, options.requestTimeoutMs),
      connectionsCheckingInterval: LOOK_FOR_SLOW_EVERY_MS,
    },
  });
  app.server.maxConnections = options.maxConnections;
  endSlowRequests(app.server, options.requestTimeoutMs + options.answerWithinMs);

  app.addHook('onRequest', (request, reply, done) => {
    identified(request, reply);
    // Ignored by browsers unless it came over TLS; a proxy that ends it says so (TRUST_PROXY).
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
  const { onServed } = options;
  if (onServed) {
    // Not onResponse, which is not called for callers who go away.
    app.addHook('onRequest', ({ method, routeOptions }, reply, done) => {
      reply.raw.once('close', () => {
        const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST;
        onServed({ method, route: routeOptions.url ?? '', status, seconds: reply.elapsedTime / 1_000 });
      });
      done();
    });
  }
  // Only /mcp reads bodies, and has a parser of its own. What nobody reads, nobody holds.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  drain(app, options);
  app.setErrorHandler(errorHandler);
  app.setNotFoundHandler(notFoundHandler);

  app.register(frontPage, options);
  app.register(toolsPage, options);
  app.register(health, options);
  app.register(mcpRoute, options);
  return app;
}
