import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { createAuthenticate } from './http/authentication/authenticate.ts';
import { createBearerAuthentication } from './http/authentication/bearer-token.ts';
import { callerOf, createIdentify } from './http/authentication/identify.ts';
import { type OpenSharedKeyOptions, openSharedKey } from './http/authentication/open-shared-key.ts';
import { createFastify } from './http/fastify.ts';
import { createBusinessNames } from './mcp/calls/business-names.ts';
import { createCallTool } from './mcp/calls/call-tool.ts';
import { createDescribeAccount } from './mcp/catalog/known-accounts.ts';
import { createListTools } from './mcp/catalog/tool-list.ts';
import { createEndpoint } from './mcp/endpoint.ts';
import { createFastPath } from './mcp/fast-path/fast-path.ts';
import type { CreateMcpServer } from './mcp/protocol/sdk-adapter.ts';
import { createServerFactory, type ServerDefinition } from './mcp/protocol/sdk-server.ts';
import { defaultToolsOf, permittedTools } from './mcp/tool-filter/enabled-tools.ts';
import { createToolFilter } from './mcp/tool-filter/tool-filter.ts';
import type { SignIn, SignInOptions } from './oauth/sign-in.ts';
import { createObservability } from './observability/observability.ts';
import { createBreaker } from './partoo/client/circuit-breaker.ts';
import { createTransport } from './partoo/client/transport.ts';
import { KeyRegistry } from './partoo/keys/key-registry.ts';
import { createPartoo } from './partoo/partoo.ts';
import { DEMO_KEYS } from './partoo-emulator/model/keys.ts';
import { Limiter } from './rate-limit/limiter.ts';
import { createStores } from './stores.ts';

interface AppOptions extends OpenSharedKeyOptions {
  /** Replaces our own tools: the conformance suite calls its own through everything else. */
  instead?: CreateMcpServer;
  /** Aborted before a drain. */
  stopping?: AbortSignal;
  /** For tests: stands for people and for the web. */
  signInOptions?: Partial<Pick<SignInOptions, 'pages' | 'publicFetch'>>;
}

/** Joins the parts into an app that is ready to listen. Closing the app closes everything it opened. */
export async function createApp(
  config: Config,
  partooBaseUrl: string,
  log: Logger,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const { version } = config;
  const { instead, stopping = new AbortController().signal, signInOptions } = options;
  // First: a broken file of tokens must leave no connection open.
  const sharedKey = await openSharedKey(config, log, options);
  const stores = await createStores(config, log);
  const { redis, limitsIn } = stores;
  const limiter = new Limiter(stores.limits);
  const keys = new KeyRegistry(stores.keyRecords, limiter, log);
  const breaker = createBreaker({
    opened: (scope, name) =>
      log.warn({ scope, name }, 'Partoo fails more often than not: nothing is sent for some seconds'),
    closed: (scope, name) => log.info({ scope, name }, 'Partoo responds again'),
  });
  const transport = createTransport({ baseUrl: partooBaseUrl, userAgent: `partoo-mcp/${version}` });
  const { openPartoo, checkKey } = createPartoo({
    transport,
    breaker,
    keys,
    limiter,
    upstreamTimeoutMs: config.UPSTREAM_TIMEOUT_MS,
    maxWaitMs: config.RATE_LIMIT_MAX_WAIT_MS,
    log,
  });

  const permitted = permittedTools(config);
  const defaultTools = defaultToolsOf(config);
  const toolNames = permitted.tools.map(({ name }) => name);
  const readings = { breaker, limiter, limitsIn };
  const observability = await createObservability(config, partooBaseUrl, toolNames, readings, log);
  const { instrumentation, onServed } = observability;

  const listTools = createListTools(defaultTools, listIsPublic(config));
  const callTool = createCallTool({
    openPartoo,
    checkKey,
    businessNames: config.BUSINESS_NAMES ? createBusinessNames(openPartoo) : undefined,
    deadlineMs: config.TOOL_DEADLINE_MS,
    maxInFlight: config.MAX_CALLS_IN_FLIGHT_PER_KEY,
    acceptance: keys,
    writes: stores.writes,
    resultTokenBudget: config.RESULT_TOKEN_BUDGET,
    instrumentation,
    log,
  });
  const definition: ServerDefinition = { version, defaultTools, listTools, callTool };
  const endpoint = createEndpoint({
    createServer: instead ?? createServerFactory(definition),
    fastPath: instead ? undefined : createFastPath(definition),
    describeAccount: createDescribeAccount(openPartoo, keyHash => keys.accepts(keyHash)),
    instrumentation,
    onerror: error => log.debug({ error: error.message }, 'mcp request refused'),
  });

  const signIn = await openSignIn();
  const { KEY_HASH_SECRET: secret } = config;
  const bearer = signIn && createBearerAuthentication({ signIn, sharedKey, secret });
  const authenticate = createAuthenticate({ identify: createIdentify(secret), bearer, sharedKey });
  const filterTools = createToolFilter(permitted, defaultTools);
  const app = createFastify({
    config,
    endpoint,
    authenticate,
    keys,
    checkKey,
    filterTools,
    listTools,
    defaultTools,
    demoKeys: config.PARTOO_ENV === 'demo' ? DEMO_KEYS : [],
    redis,
    signIn,
    stopping,
    onServed,
    log,
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

  async function openSignIn(): Promise<SignIn | undefined> {
    const { SIGN_IN, PUBLIC_URL, SIGN_IN_SECRET } = config;
    if (SIGN_IN === undefined || PUBLIC_URL === undefined) return undefined;
    // Loaded only where it is used: oidc-provider costs memory and time.
    const { createSignIn } = await import('./oauth/sign-in.ts');
    const { createSignInPages } = await import('./oauth/interaction/sign-in-pages.ts');
    const { createIdentification } = await import('./sign-in-identification.ts');
    const pages = createSignInPages({
      host: new URL(PUBLIC_URL).host,
      identification: await createIdentification({ config, keys, redis, openPartoo, log }),
      addressOf: request => request.callerAddress,
    });
    return createSignIn({
      config: { ...config, SIGN_IN, PUBLIC_URL, SIGN_IN_SECRET },
      records: stores.signInRecords(),
      redis,
      openPartoo,
      callerOf: key => callerOf(key, config.KEY_HASH_SECRET),
      addressOf: request => request.callerAddress,
      pages,
      log,
      ...signInOptions,
    });
  }
}

/** Whether every caller without a filter of its own gets the same list of tools. */
const listIsPublic = ({ ANONYMOUS_DISCOVERY, TEAM_TOKENS_FILE, SIGN_IN }: Config) =>
  ANONYMOUS_DISCOVERY && TEAM_TOKENS_FILE === undefined && SIGN_IN === undefined;
