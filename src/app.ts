import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { createIdentify } from './http/authentication/identify.ts';
import { createFastify } from './http/fastify.ts';
import { IdempotencyStore } from './idempotency/idempotency-store.ts';
import { createCallTool } from './mcp/calls/call-tool.ts';
import { NO_CALL_HOOKS } from './mcp/calls/instrumentation.ts';
import { createListTools } from './mcp/catalog/tool-list.ts';
import { createEndpoint } from './mcp/endpoint.ts';
import { createFastPath } from './mcp/fast-path/fast-path.ts';
import type { CreateMcpServer } from './mcp/protocol/sdk-adapter.ts';
import { createServerFactory, type ServerDefinition } from './mcp/protocol/sdk-server.ts';
import { toolsOfSettings } from './mcp/tool-filter/enabled-tools.ts';
import { createToolFilter } from './mcp/tool-filter/tool-filter.ts';
import { createObservability } from './observability/observability.ts';
import { createBreaker } from './partoo/client/circuit-breaker.ts';
import { createTransport } from './partoo/client/transport.ts';
import { KeyRegistry } from './partoo/keys/key-registry.ts';
import { createPartoo } from './partoo/partoo.ts';
import { Limiter } from './rate-limit/limiter.ts';
import { createStores, type Stores } from './stores.ts';

/**
 * Joins the parts into an app that is ready to listen. Closing the app closes everything it opened. `stopping` is aborted
 * before a drain. `instead` replaces our own tools: the conformance suite calls its own through everything else.
 */
export async function createApp(
  config: Config,
  partooBaseUrl: string,
  log: Logger,
  {
    instead,
    stopping = new AbortController().signal,
  }: { instead?: CreateMcpServer; stopping?: AbortSignal } = {},
): Promise<FastifyInstance> {
  const stores = await createStores(config, log);
  const { redis } = stores;
  const limiter = new Limiter(stores.limits);
  const keys = new KeyRegistry(stores.keyRecords, limiter, log);
  const breaker = createBreaker({
    opened: (scope, name) =>
      log.warn({ scope, name }, 'Partoo fails more often than not: nothing is sent for some seconds'),
    closed: (scope, name) => log.info({ scope, name }, 'Partoo answers again'),
  });
  const transport = createTransport({
    baseUrl: partooBaseUrl,
    userAgent: `partoo-mcp/${config.version}`,
  });
  const { openPartoo, checkKey } = createPartoo({
    transport,
    breaker,
    keys,
    limiter,
    upstreamTimeoutMs: config.UPSTREAM_TIMEOUT_MS,
    maxWaitMs: config.RATE_LIMIT_MAX_WAIT_MS,
    log,
  });
  const defaultTools = toolsOfSettings(config);
  const toolNames = defaultTools.tools.map(tool => tool.name);
  const observability = await createObservability(config, {
    partooBaseUrl,
    toolNames,
    waiting: () => limiter.waiting,
    breaker,
    limitsIn: stores.limitsIn,
    log,
  });
  const { instrumentation, onServed } = observability;
  const listTools = createListTools(defaultTools, config.ANONYMOUS_DISCOVERY);
  const definition: ServerDefinition = {
    version: config.version,
    defaultTools,
    listTools,
    callTool: createCallTool({
      openPartoo,
      checkKey,
      deadlineMs: config.TOOL_DEADLINE_MS,
      maxInFlight: config.MAX_CALLS_IN_FLIGHT_PER_KEY,
      acceptance: keys,
      writes: idempotencyStore(config, stores),
      resultTokenBudget: config.RESULT_TOKEN_BUDGET,
      instrumentation,
      log,
    }),
  };
  const endpoint = createEndpoint({
    createServer: instead ?? createServerFactory(definition),
    fastPath: instead ? undefined : createFastPath(definition),
    instrumentation,
    onerror: error => log.debug({ error: error.message }, 'mcp request refused'),
  });

  const app = createFastify({
    log,
    trustProxy: config.TRUST_PROXY,
    requestTimeoutMs: config.REQUEST_TIMEOUT_MS,
    responseTimeoutMs: config.TOOL_DEADLINE_MS,
    maxConnections: config.MAX_CONNECTIONS,
    endpoint,
    identify: createIdentify(config.KEY_HASH_SECRET),
    filterTools: createToolFilter(defaultTools),
    listTools,
    anonymousDiscovery: config.ANONYMOUS_DISCOVERY,
    hosts: {
      boundTo: config.HOST,
      allowedHosts: config.ALLOWED_HOSTS,
      allowedOrigins: config.ALLOWED_ORIGINS,
    },
    throttle: {
      perMinute: config.BAD_KEYS_PER_MINUTE,
      addressHeader: config.CLIENT_IP_HEADER,
      keyStatus: keys,
      ...(redis && { redis }),
    },
    checkKey: (caller, signal) =>
      checkKey({
        caller,
        signal,
        deadline: performance.now() + config.TOOL_DEADLINE_MS,
        stats: { attempts: 0, waitedMs: 0 },
        hooks: NO_CALL_HOOKS,
      }),
    version: config.version,
    toolNames,
    ...(onServed && { onServed }),
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
  app.addHook('onReady', async () => {
    await stores.open();
    await observability.open();
  });
  app.addHook('onClose', async () => {
    await transport.close();
    await observability.close();
    stores.close();
  });
  return app;
}

function idempotencyStore(config: Config, { records, writePause }: Stores): IdempotencyStore | undefined {
  const rememberMs = config.WRITE_MEMORY_SECONDS * 1_000;
  if (rememberMs === 0) return undefined;
  return new IdempotencyStore(records, {
    rememberMs,
    deadlineMs: config.TOOL_DEADLINE_MS,
    pause: writePause,
  });
}
