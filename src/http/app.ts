import { randomUUID } from 'node:crypto';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { drain } from './drain.ts';
import { errorHandler, notFoundHandler } from './errors.ts';
import { type FrontPageOptions, frontPage } from './front-page.ts';
import { type HealthOptions, health } from './health.ts';
import { type McpRouteOptions, mcpRoute } from './mcp-route.ts';
import { type ToolsPageOptions, toolsPage } from './tools-page.ts';

export interface AppOptions extends McpRouteOptions, FrontPageOptions, ToolsPageOptions, HealthOptions {
  log: FastifyBaseLogger;
  trustProxy: boolean | string;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** The HTTP app, apart from the process that runs it. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: options.log,
    // One line a tool call is written by mcp/call-log.ts; a line a request would say the same twice.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy,
    bodyLimit: MAX_BODY_BYTES,
    // A request must have arrived whole by then; slow senders do not hold connections.
    requestTimeout: 30_000,
    // Longer than the 60 s after which load balancers drop idle connections, so that it is never us who drops one
    // they are about to use.
    keepAliveTimeout: 65_000,
    // What still arrives on an open connection while the app closes is a call like any other: see drain.ts.
    return503OnClosing: false,
    http: { headersTimeout: 20_000 },
  });

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  drain(app, options.stopping);
  app.setErrorHandler(errorHandler);
  app.setNotFoundHandler(notFoundHandler);

  app.register(frontPage, options);
  app.register(toolsPage, options);
  app.register(health, options);
  app.register(mcpRoute, options);
  return app;
}
