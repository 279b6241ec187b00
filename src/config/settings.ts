import * as z from 'zod';
import {
  accessToken,
  emailDomains,
  flag,
  headerName,
  hostNames,
  integer,
  list,
  oidcIssuer,
  otlpHeaders,
  otlpUrl,
  partooKey,
  partooUrl,
  publicUrl,
  range,
  ratio,
  redisUrl,
  secret,
  signInSecrets,
  toolsets,
  trustProxy,
} from './setting-types.ts';

/** Every setting. The descriptions are the text of docs/configuration.md. */
export const SETTINGS = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. The container sets `0.0.0.0`.'),
  PORT: integer(3000, 0, 65_535).describe('Port to listen on.'),
  PARTOO_ENV: z
    .enum(['production', 'sandbox', 'demo'])
    .default('production')
    .describe('Which Partoo to use: `production`, `sandbox`, or `demo` for the built-in Partoo emulator.'),
  PARTOO_BASE_URL: partooUrl
    .optional()
    .describe('Another base URL for Partoo, complete with its `/v2`. By default `PARTOO_ENV` decides.'),
  ALLOW_INSECURE_PARTOO_BASE_URL: flag(false).describe(
    "Accept an `http://` `PARTOO_BASE_URL` on another machine, which sends callers' keys unencrypted. Otherwise such a URL stops the start.",
  ),
  REDIS_URL: redisUrl
    .optional()
    .describe(
      'Redis that all replicas share: `redis://host:6379`, `redis+cluster://a:6379,b:6379` or `redis+sentinel://a:26379,b:26379/master-name`; `rediss` for TLS. Without it, state is kept in memory.',
    ),
  KEY_HASH_SECRET: secret.describe(
    "Secret that callers' keys are hashed with, in Redis and in the log: at least 32 characters (`openssl rand -hex 32`), the same on all replicas.",
  ),
  PARTOO_API_KEY: partooKey
    .optional()
    .describe(
      "Partoo key of the server's own, for people who share it. Without any of `TEAM_TOKENS_FILE`, `ACCESS_TOKEN` and `SIGN_IN=oidc`, one person uses it: on loopback without credentials, otherwise with an access token that is made at the start.",
    ),
  PARTOO_API_KEY_FILE: z
    .string()
    .optional()
    .describe('File that holds `PARTOO_API_KEY`, such as a Docker secret.'),
  ACCESS_TOKEN: accessToken
    .optional()
    .describe(
      'Access token that callers of `PARTOO_API_KEY` send, instead of one made at the start: at least 32 characters.',
    ),
  TEAM_TOKENS_FILE: z
    .string()
    .optional()
    .describe(
      'File of the people and machines that share `PARTOO_API_KEY`, each with an access token of its own.',
    ),
  USER_HEADER: headerName
    .optional()
    .describe(
      'Header in which a login proxy named by `TRUST_PROXY` sends the name of the person, such as `x-forwarded-user`.',
    ),
  SIGN_IN: z
    .enum(['key', 'oidc'])
    .optional()
    .describe(
      "Sign-in by OAuth for clients that cannot send a header: with one's own Partoo key (`key`), or with the company's login in front of `PARTOO_API_KEY` (`oidc`).",
    ),
  PUBLIC_URL: publicUrl
    .optional()
    .describe(
      'URL of this server as clients call it, without a path, such as `https://mcp.example.com`. Sign-in needs it.',
    ),
  SIGN_IN_SECRET: signInSecrets.describe(
    'Secret that encrypts tokens and what sign-in stores: at least 32 characters (`openssl rand -hex 32`), the same on all replicas. To replace it, put the new one first, with a comma.',
  ),
  OIDC_ISSUER: oidcIssuer
    .optional()
    .describe("Issuer of the company's login for `SIGN_IN=oidc`, such as `https://accounts.google.com`."),
  OIDC_CLIENT_ID: z.string().optional().describe("This server's client id at the company's login."),
  OIDC_CLIENT_SECRET: z.string().optional().describe("This server's client secret at the company's login."),
  OIDC_ALLOWED_DOMAINS: emailDomains.describe('Email domains whose people may sign in, separated by commas.'),
  OIDC_ALLOWED_GROUPS: list.describe('Groups whose people may sign in, separated by commas.'),
  OIDC_GROUPS_CLAIM: z.string().default('groups').describe('Claim that holds the groups of a person.'),
  OIDC_WRITE_GROUPS: list.describe(
    'Groups whose people may write, separated by commas. Without it, everybody who may sign in may write.',
  ),
  RATE_LIMIT_PER_MINUTE: integer(300, 1, 100_000).describe(
    'Requests to Partoo per organization in any 60 seconds.',
  ),
  KEY_RATE_LIMIT_PER_MINUTE: range(1, 100_000)
    .optional()
    .describe('Requests to Partoo per key in any 60 seconds. Defaults to `RATE_LIMIT_PER_MINUTE`.'),
  RATE_LIMIT_MAX_WAIT_MS: integer(20_000, 0, 600_000).describe(
    'Longest time, in milliseconds, that a call waits for the rate limit. Must be below `TOOL_DEADLINE_MS`.',
  ),
  MAX_WAITING_PER_KEY: integer(300, 0, 100_000).describe(
    'Calls of one key, or of one person who shares a key, that may wait for the rate limit at once, across all replicas.',
  ),
  MAX_CALLS_IN_FLIGHT_PER_KEY: integer(500, 1, 100_000).describe(
    'Calls of one key that may be in progress at once, per replica. All keys that Partoo has not accepted yet share four times as many, divided fairly by address.',
  ),
  MAX_CONNECTIONS: integer(10_000, 1, 1_000_000).describe(
    'Open connections per replica. Further connections are closed at once.',
  ),
  REQUEST_TIMEOUT_MS: integer(30_000, 1_000, 600_000).describe(
    'Time, in milliseconds, that a request may take to arrive before it gets a 408.',
  ),
  REPLICAS_HINT: integer(1, 1, 1_000).describe(
    'Number of replicas. Without Redis each one may use its share of the limits. Above 1, no replica writes while Redis is lost.',
  ),
  WRITE_MEMORY_SECONDS: integer(120, 0, 86_400).describe(
    'Time, in seconds, during which the same write is not sent again. `0` turns this off.',
  ),
  RESULT_TOKEN_BUDGET: integer(20_000, 1_000, 1_000_000).describe(
    'Tokens (o200k) per tool result. Rows beyond it are left out, and the result says how to get them.',
  ),
  BAD_KEYS_PER_MINUTE: integer(20, 1, 100_000).describe(
    'Keys rejected by Partoo that one address may try per minute. Behind a proxy, set `TRUST_PROXY` or `CLIENT_IP_HEADER` too, or all callers share one address.',
  ),
  TOOL_DEADLINE_MS: integer(50_000, 1_000, 600_000).describe(
    'Longest time, in milliseconds, that a whole tool call takes.',
  ),
  UPSTREAM_TIMEOUT_MS: integer(15_000, 100, 600_000).describe(
    'Longest time, in milliseconds, that one attempt at Partoo takes.',
  ),
  DRAIN_GRACE_MS: integer(3_000, 0, 60_000).describe(
    'Time, in milliseconds, during which new calls are still accepted after SIGTERM, so that load balancers notice `/readyz`.',
  ),
  // A garbage collection may take 50 ms.
  MAX_EVENT_LOOP_DELAY_MS: integer(2_000, 50, 60_000).describe(
    'Average event loop delay, in milliseconds, above which `/mcp` responds 503 with `Retry-After`.',
  ),
  ANONYMOUS_DISCOVERY: flag(true).describe(
    'List the tools without a key. With `false`, `/mcp` and `/tools` respond 401 instead. With `SIGN_IN`, `/mcp` always does, so that clients offer to sign in.',
  ),
  READ_ONLY: flag(false).describe('Offer only the tools that read.'),
  TOOLSETS: toolsets
    .optional()
    .describe(
      'Toolsets to offer, separated by commas: their names, `default` for the default list, `all` for every tool. Without it, callers get the default list and can add the other tools themselves.',
    ),
  BUSINESS_NAMES: flag(true).describe(
    "Add each business's code and name to rows that have only its id. The names of a page cost one request, and are remembered for five minutes.",
  ),
  ALLOWED_HOSTS: hostNames.describe(
    'Host names that callers use for this server, without scheme or port; `*` for any. Required unless `HOST` is loopback. Defaults to the loopback names. The host of `PUBLIC_URL` is always allowed.',
  ),
  ALLOWED_ORIGINS: hostNames.describe(
    "Host names of web pages that may call (`Origin`, CORS), besides this server's own page; `*` for any. Defaults to none, or to pages on loopback when `HOST` is loopback and callers need credentials.",
  ),
  METRICS_PORT: range(0, 65_535)
    .optional()
    .describe('Port for Prometheus metrics. Without it, there are no metrics.'),
  METRICS_HOST: z.string().default('127.0.0.1').describe('Address to serve metrics on.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl
    .optional()
    .describe(
      'URL of the OpenTelemetry collector that receives traces, such as `http://127.0.0.1:4318`. Without it, there are no traces.',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: otlpHeaders.describe(
    'Headers for the collector: `name=value,name=value`, percent-encoded.',
  ),
  OTEL_SERVICE_NAME: z.string().default('partoo-mcp').describe('Service name in traces.'),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on')
    .describe('Which calls are traced: a sampler name of OpenTelemetry.'),
  OTEL_TRACES_SAMPLER_ARG: ratio.describe(
    'Share of calls that are traced, from 0 to 1, for the `traceidratio` samplers.',
  ),
  ALLOW_INSECURE_NODE: flag(false).describe(
    'Start although Node.js is configured insecurely, for example by `NODE_TLS_REJECT_UNAUTHORIZED=0`. Otherwise that stops the start.',
  ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
  TRUST_PROXY: trustProxy.describe(
    'Proxies whose `X-Forwarded-*` headers are trusted: a comma-separated list of addresses, or `true` for any.',
  ),
  CLIENT_IP_HEADER: headerName
    .optional()
    .describe(
      "Header in which the platform sends the client's address, such as `fly-client-ip`. Set it only where the platform always overwrites it.",
    ),
});

export type Settings = z.output<typeof SETTINGS>;

export const SETTING_NAMES = Object.keys(SETTINGS.shape);
