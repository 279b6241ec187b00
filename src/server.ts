import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createNarrow } from './access/narrow.ts';
import { offer } from './access/selection.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { Limiter } from './limits/limiter.ts';
import { WriteMemory } from './limits/write-memory.ts';
import { createCallTool } from './mcp/call-tool.ts';
import { createEndpoint } from './mcp/endpoint.ts';
import { createServerFactory } from './mcp/server.ts';
import { createShowTools } from './mcp/tool-list.ts';
import { createBreaker } from './partoo/breaker.ts';
import { createPartoo } from './partoo/client.ts';
import { Organizations } from './partoo/organizations.ts';
import { ReadCache } from './partoo/read-cache.ts';
import { createTransport } from './partoo/transport.ts';
import { createStores, type Stores } from './stores.ts';

/**
 * Joins the parts into an app that is ready to listen. Closing the app closes what it opened; `stopping` is aborted some
 * time before.
 */
export function createServer(
  config: Config,
  partooBaseUrl: string,
  log: Logger,
  stopping: AbortSignal = new AbortController().signal,
): FastifyInstance {
  const stores = createStores(config, log);
  const { redis } = stores;
  const organizations = new Organizations(stores.records);
  const breaker = createBreaker({
    opened: () => log.warn('Partoo fails more often than not: nothing is sent for some seconds'),
    closed: () => log.info('Partoo answers again'),
  });
  const transport = createTransport({
    baseUrl: partooBaseUrl,
    userAgent: `partoo-mcp/${config.version}`,
  });
  const openPartoo = createPartoo({
    transport,
    breaker,
    organizations,
    limiter: new Limiter(stores.limits),
    readCache: readCache(config, stores),
    upstreamTimeoutMs: config.UPSTREAM_TIMEOUT_MS,
    maxWaitMs: config.RATE_LIMIT_MAX_WAIT_MS,
  });
  const offered = offer(config);
  const showTools = createShowTools(offered, config.ANONYMOUS_DISCOVERY);
  const createMcpServer = createServerFactory({
    version: config.version,
    offered,
    showTools,
    callTool: createCallTool({
      openPartoo,
      deadlineMs: config.TOOL_DEADLINE_MS,
      maxInFlight: config.MAX_CALLS_IN_FLIGHT_PER_KEY,
      writes: writeMemory(config, stores),
      resultTokenBudget: config.RESULT_TOKEN_BUDGET,
      log,
    }),
  });
  const endpoint = createEndpoint(createMcpServer, error =>
    log.debug({ error: error.message }, 'mcp request refused'),
  );

  const app = createApp({
    log,
    trustProxy: config.TRUST_PROXY,
    endpoint,
    narrow: createNarrow(offered),
    showTools,
    anonymousDiscovery: config.ANONYMOUS_DISCOVERY,
    hosts: {
      boundTo: config.HOST,
      allowedHosts: config.ALLOWED_HOSTS,
      allowedOrigins: config.ALLOWED_ORIGINS,
    },
    badKeys: { perMinute: config.BAD_KEYS_PER_MINUTE, standing: organizations, ...(redis && { redis }) },
    version: config.version,
    toolNames: offered.tools.map(tool => tool.name),
    breakerState: () => breaker.state,
    stopping,
    maxEventLoopDelayMs: config.MAX_EVENT_LOOP_DELAY_MS,
    ...(redis && {
      pingRedis: () =>
        redis.use(
          async () => Boolean(await redis.client.ping()),
          async () => false,
        ),
    }),
  });
  app.addHook('onReady', () => stores.open());
  app.addHook('onClose', async () => {
    await transport.close();
    stores.close();
  });
  return app;
}

function writeMemory(config: Config, { records }: Stores): WriteMemory | undefined {
  const rememberMs = config.WRITE_MEMORY_SECONDS * 1_000;
  if (rememberMs === 0) return undefined;
  return new WriteMemory(records, { rememberMs, deadlineMs: config.TOOL_DEADLINE_MS });
}

function readCache(config: Config, { readCache, records }: Stores): ReadCache | undefined {
  const keepMs = config.READ_CACHE_SECONDS * 1_000;
  if (keepMs === 0 || !readCache) return undefined;
  return new ReadCache({
    answers: readCache,
    editions: records,
    keepMs,
    deadlineMs: config.TOOL_DEADLINE_MS,
  });
}
