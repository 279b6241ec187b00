import type { FastifyInstance } from 'fastify';
import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { FallbackStore } from './limits/fallback-store.ts';
import { Limiter } from './limits/limiter.ts';
import { MemoryStore } from './limits/memory-store.ts';
import { connectRedis, whenReady } from './limits/redis.ts';
import { RedisStore } from './limits/redis-store.ts';
import type { LimitStore } from './limits/store.ts';
import { createCallTool } from './mcp/call-tool.ts';
import { createEndpoint } from './mcp/endpoint.ts';
import { createServerFactory } from './mcp/server.ts';
import { listTools } from './mcp/tool-list.ts';
import { createPartoo } from './partoo/client.ts';
import { createTransport } from './partoo/transport.ts';
import { tools } from './tools/index.ts';

/**
 * Partoo counts a minute. Two requests that leave a minute apart can arrive a little closer, so slots come round
 * a little later than they have to.
 */
const WINDOW_MS = 60_250;
/** How long a start waits for Redis before it counts in memory. */
const REDIS_START_MS = 3_000;

/** Joins the parts into an app that is ready to listen. Closing the app closes what it opened. */
export function createServer(config: Config, partooBaseUrl: string, log: Logger): FastifyInstance {
  const limits = { limit: config.RATE_LIMIT_PER_MINUTE, windowMs: WINDOW_MS };
  const memory = new MemoryStore(limits);
  const redis = config.REDIS_URL === undefined ? undefined : connectRedis(config.REDIS_URL);
  const store = redis ? new FallbackStore(new RedisStore(redis, limits), memory, redisLog(log)) : memory;
  // Without a listener ioredis prints every failed attempt itself; the fallback store tells what matters.
  redis?.on('error', error => log.debug({ error: error.message }, 'redis connection'));

  const transport = createTransport({
    baseUrl: partooBaseUrl,
    userAgent: `partoo-mcp/${config.version}`,
  });
  const endpoint = createMcpEndpoint(config, log, store, transport);
  const app = createApp({
    log,
    trustProxy: config.TRUST_PROXY,
    endpoint,
    anonymousDiscovery: config.ANONYMOUS_DISCOVERY,
    hosts: {
      boundTo: config.HOST,
      allowedHosts: config.ALLOWED_HOSTS,
      allowedOrigins: config.ALLOWED_ORIGINS,
    },
    version: config.version,
    toolNames: tools.map(tool => tool.name),
    ...(redis && { pingRedis: () => answers(redis) }),
  });
  if (redis) app.addHook('onReady', () => whenReady(redis, REDIS_START_MS));
  app.addHook('onClose', async () => {
    await transport.close();
    redis?.disconnect();
  });
  return app;
}

function createMcpEndpoint(
  config: Config,
  log: Logger,
  store: LimitStore,
  transport: ReturnType<typeof createTransport>,
) {
  const openPartoo = createPartoo({
    transport,
    limiter: new Limiter(store),
    upstreamTimeoutMs: config.UPSTREAM_TIMEOUT_MS,
    maxWaitMs: config.RATE_LIMIT_MAX_WAIT_MS,
  });
  const createMcpServer = createServerFactory({
    version: config.version,
    tools: listTools(tools),
    callTool: createCallTool({ tools, openPartoo, deadlineMs: config.TOOL_DEADLINE_MS, log }),
    listIsPublic: config.ANONYMOUS_DISCOVERY,
  });
  return createEndpoint(createMcpServer, error => log.debug({ error: error.message }, 'mcp request refused'));
}

function redisLog(log: Logger) {
  return {
    lost: (error: unknown) =>
      log.warn(
        { error: String(error) },
        'Redis is lost: limits are counted in this process until it is back',
      ),
    back: () => log.info('Redis is back: limits are shared again'),
  };
}

const answers = (redis: Redis | Cluster) =>
  redis.ping().then(
    () => true,
    () => false,
  );
