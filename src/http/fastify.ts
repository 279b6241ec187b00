import { randomUUID } from 'node:crypto';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { type ConnectPageOptions, connectPageRoute } from './connect-page/route.ts';
import { readCallerAddresses } from './connections/caller-address.ts';
import { clientErrorHandler } from './connections/client-error.ts';
import { CLIENT_CLOSED_REQUEST } from './connections/disconnect.ts';
import { drain } from './connections/drain.ts';
import { endSlowRequests } from './connections/slow-requests.ts';
import { type DiscoveryOptions, discovery } from './discovery/discovery.ts';
import { errorHandler, notFoundHandler } from './errors/error-handlers.ts';
import { type HealthOptions, health } from './routes/health.ts';
import { type McpRouteOptions, mcpRoute } from './routes/mcp-route.ts';
import { type SignInRoutesOptions, signInRoutes } from './routes/sign-in-routes.ts';
import { type ToolsPageOptions, toolsPage } from './routes/tools-page.ts';

interface FastifyOptions
  extends McpRouteOptions,
    ConnectPageOptions,
    ToolsPageOptions,
    DiscoveryOptions,
    HealthOptions,
    Pick<SignInRoutesOptions, 'signIn'> {
  log: FastifyBaseLogger;
  /** Called once per parsed request, after it closes. */
  onServed?: (request: ServedRequest) => void;
}

export interface ServedRequest {
  method: string;
  /** As registered here; empty for an unknown URL. */
  route: string;
  /** 499 if the connection closed before the response was complete. */
  status: number;
  seconds: number;
}

/** Far more than any call needs. Small, because clients without a key may send as much. */
const MAX_BODY_BYTES = 256 * 1024;
const HEADERS_TIMEOUT_MS = 20_000;
/** Node's default of 30 s would give slow senders that much more time. */
const CONNECTIONS_CHECK_MS = 1_000;

export function createFastify(options: FastifyOptions): FastifyInstance {
  const { config, log, onServed } = options;
  const app = fastify({
    loggerInstance: log,
    // Each tool call has a log line already (mcp/calls).
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.TRUST_PROXY,
    // Some clients join base URL and path to `/mcp/` or `//mcp`.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    bodyLimit: MAX_BODY_BYTES,
    clientErrorHandler: clientErrorHandler(log),
    // Hooks do not run for an invalid URL.
    frameworkErrors(error, request, reply) {
      errorHandler(error, request, addHeaders(request, reply, config.PUBLIC_URL));
    },
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    // Above the 60 s of common load balancers: if this server closed first, a request could be on its way.
    keepAliveTimeout: 65_000,
    // A request that arrives on an open connection during the drain is served; see drain.ts.
    return503OnClosing: false,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, config.REQUEST_TIMEOUT_MS),
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
    },
  });
  app.server.maxConnections = config.MAX_CONNECTIONS;
  endSlowRequests(app.server, config.REQUEST_TIMEOUT_MS + config.TOOL_DEADLINE_MS);

  readCallerAddresses(app, config);
  app.addHook('onRequest', (request, reply, done) => {
    addHeaders(request, reply, config.PUBLIC_URL);
    if (onServed) {
      const { method, routeOptions } = request;
      // Not onResponse, which does not run for clients that disconnect.
      reply.raw.once('close', () => {
        const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST;
        onServed({ method, route: routeOptions.url ?? '', status, seconds: reply.elapsedTime / 1_000 });
      });
    }
    done();
  });
  // Only /mcp reads bodies, with a parser of its own. No other route may hold one in memory.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  drain(app, config, options.stopping);
  app.setErrorHandler(errorHandler);
  app.setNotFoundHandler(notFoundHandler);

  app.register(connectPageRoute, options);
  app.register(toolsPage, options);
  app.register(discovery, options);
  app.register(health, options);
  app.register(signInRoutes, options);
  app.register(mcpRoute, options);
  return app;
}

function addHeaders(request: FastifyRequest, reply: FastifyReply, publicUrl = ''): FastifyReply {
  reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  // Browsers ignore it over plain HTTP. Behind a proxy, the protocol is known only with TRUST_PROXY or PUBLIC_URL.
  if (request.protocol === 'https' || publicUrl.startsWith('https:'))
    reply.header('strict-transport-security', 'max-age=31536000');
  return reply;
}
