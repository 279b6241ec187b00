import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import * as z from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { isLoopback } from '../http/guards/hosts.ts';
import { SAMPLERS } from '../observability/traces.ts';
import { parseRedisUrl } from '../storage/redis/redis-url.ts';
import { TOOLSETS, type Toolset } from '../tools/index.ts';
import { misspeltSettings, misspeltToolFilters } from './misspelt-settings.ts';
import { settingWarnings } from './setting-warnings.ts';
import { unsafeSettings } from './unsafe-settings.ts';

const PARTOO_BASE_URLS = {
  production: 'https://api.partoo.co/v2',
  sandbox: 'https://api.sandbox.partoo.co/v2',
} as const;

function range(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

const integer = (fallback: number, min: number, max: number) => range(min, max).default(fallback);

/** In any case: YAML and Python write `True`. */
const flag = (fallback: boolean) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false'], { error: 'must be "true" or "false"' }))
    .default(fallback ? 'true' : 'false')
    .transform(value => value === 'true');

const names = (value: string) =>
  value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');

const list = z.string().default('').transform(names);

/** In the order of the catalogue, whatever order they are given in. */
const toolsetNames = z
  .string()
  .default(TOOLSETS.join(','))
  .transform((value, context): Toolset[] => {
    const given = names(value).map(name => name.toLowerCase());
    const unknown = given.filter(name => !TOOLSETS.some(toolset => toolset === name));
    const known = `the toolsets are ${TOOLSETS.join(', ')}`;
    if (unknown.length > 0) context.addIssue(`there is no ${unknown.join(', ')}; ${known}`);
    else if (given.length === 0) context.addIssue(`names none; ${known}`);
    return TOOLSETS.filter(toolset => given.includes(toolset));
  });

/** Names as Host and Origin headers are compared with: SDK style, port-agnostic; `app://*` allows a scheme. */
const hostNames = list
  .transform(names => names.map(name => name.toLowerCase()))
  .refine(names => names.every(name => /^(\*|\[[0-9a-f:]+\]|[\w.-]+|[a-z][\w+.-]*:\/\/\*)$/i.test(name)), {
    error: 'must be host names without scheme or port, such as mcp.example.com, or * for any',
  });

const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isProxy(item: string): boolean {
  const [address = '', bits] = item.trim().split('/');
  const version = isIP(address);
  const inRange = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return PROXY_NAMES.has(address) || (version > 0 && inRange);
}

/** Fastify's `trustProxy`: all, none, or the proxies' addresses. (It knows no hop counts: those can be spoofed.) */
const trustProxy = z
  .string()
  .default('false')
  .refine(value => value === 'true' || value === 'false' || value.split(',').every(isProxy), {
    error: 'must be true, false, or a comma-separated list of addresses such as 10.0.0.0/8 or loopback',
  })
  .transform(value => (value === 'true' || value === 'false' ? value === 'true' : value));

const headerName = z
  .string()
  .regex(/^[\w-]+$/, { error: 'must be the name of a header, such as fly-client-ip' })
  .toLowerCase();

const DEFAULT_HOST = '127.0.0.1';
/** OpenTelemetry's way to write headers: `name=value,name=value`, percent-encoded. */
const headers = z
  .string()
  .default('')
  .transform((value, context): Record<string, string> => {
    try {
      const pairs = names(value).map(item => /^([\w-]+)\s*=\s*(.*)$/.exec(item) as RegExpExecArray);
      return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]));
    } catch {
      context.addIssue('must be name=value pairs with commas between them, percent-encoded');
      return {};
    }
  });

const settings = z.object({
  HOST: z.string().default(DEFAULT_HOST),
  PORT: integer(3000, 0, 65_535),
  PARTOO_ENV: z.enum(['production', 'sandbox', 'demo']).default('production'),
  PARTOO_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL, with its /v2' })
    .refine(url => !/^[^/]+\/\/[^/]*@/.test(url), {
      error: 'must hold no user name or password: it is logged',
    })
    .refine(url => !/[?#]/.test(url), { error: 'must end with its path, without ? or #' })
    .transform(url => (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, ''))
    .optional(),
  ALLOW_INSECURE_PARTOO_BASE_URL: flag(false),
  REDIS_URL: z
    .string()
    .superRefine((url, context) => {
      try {
        parseRedisUrl(url);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
      }
    })
    .optional(),
  KEY_HASH_SECRET: z
    .string()
    .min(32, { error: 'must have at least 32 characters, as `openssl rand -hex 32` makes them' })
    .default(''),
  RATE_LIMIT_PER_MINUTE: integer(300, 1, 100_000),
  KEY_RATE_LIMIT_PER_MINUTE: range(1, 100_000).optional(),
  RATE_LIMIT_MAX_WAIT_MS: integer(20_000, 0, 600_000),
  REPLICAS_HINT: integer(1, 1, 1_000),
  MAX_CALLS_IN_FLIGHT_PER_KEY: integer(500, 1, 100_000),
  MAX_CONNECTIONS: integer(10_000, 1, 1_000_000),
  REQUEST_TIMEOUT_MS: integer(30_000, 1_000, 600_000),
  MAX_WAITING_PER_KEY: integer(300, 0, 100_000),
  BAD_KEYS_PER_MINUTE: integer(20, 1, 100_000),
  WRITE_MEMORY_SECONDS: integer(120, 0, 86_400),
  RESULT_TOKEN_BUDGET: integer(20_000, 1_000, 1_000_000),
  TOOL_DEADLINE_MS: integer(50_000, 1_000, 600_000),
  UPSTREAM_TIMEOUT_MS: integer(15_000, 100, 600_000),
  DRAIN_GRACE_MS: integer(3_000, 0, 60_000),
  MAX_EVENT_LOOP_DELAY_MS: integer(2_000, 1, 60_000),
  ANONYMOUS_DISCOVERY: flag(true),
  READ_ONLY: flag(false),
  TOOLSETS: toolsetNames,
  ALLOWED_HOSTS: hostNames,
  ALLOWED_ORIGINS: hostNames,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUST_PROXY: trustProxy,
  CLIENT_IP_HEADER: headerName.optional(),
  METRICS_PORT: range(0, 65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as http://127.0.0.1:4318' })
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headers,
  OTEL_SERVICE_NAME: z.string().default('partoo-mcp'),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0, { error: 'must be from 0 to 1' })
    .max(1, { error: 'must be from 0 to 1' })
    .default(1),
  ALLOW_INSECURE_NODE: flag(false),
});

type Settings = z.output<typeof settings>;

export interface Config extends Omit<Settings, 'PARTOO_BASE_URL' | 'KEY_RATE_LIMIT_PER_MINUTE'> {
  /** As much as the organization's, unless it is set. */
  KEY_RATE_LIMIT_PER_MINUTE: number;
  /** Where Partoo is; absent in the demo, whose embedded Partoo says so once it listens. */
  PARTOO_BASE_URL?: string;
  /**
   * Names the Partoo behind this server: replicas of one environment share what is in Redis, those of two do not. A base
   * URL of its own is named by its hash.
   */
  environment: string;
  version: string;
  /** Settings that look misspelt, or that an operator should know of: a sentence each, for the log. */
  warnings: string[];
}

export const SETTING_NAMES = Object.keys(settings.shape);

/**
 * Reads the whole configuration. Throws one error that tells every fault at once,
 * so that an operator does not find them one restart at a time.
 */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  nodeFlags: string[] = process.execArgv,
): Config {
  // `PORT=` in an env file means "not set", as in every shell script.
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, unquoted(value ?? '')] as const)
      .filter(([, value]) => value !== ''),
  );
  const parsed = settings.safeParse(given);
  const faults = parsed.error?.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  if (given.PARTOO_ENV === 'demo' && given.PARTOO_BASE_URL !== undefined) {
    faults.push('PARTOO_BASE_URL: the demo brings its own Partoo; set one of PARTOO_ENV and PARTOO_BASE_URL');
  }
  if (given.PARTOO_ENV === 'sandbox' && parsed.data?.PARTOO_BASE_URL === PARTOO_BASE_URLS.production) {
    faults.push('PARTOO_BASE_URL: is the production of Partoo, and PARTOO_ENV is sandbox; set one of them');
  }
  const { RATE_LIMIT_MAX_WAIT_MS: wait = 0, TOOL_DEADLINE_MS: deadline = 0 } = parsed.data ?? {};
  // The default only bounds; whoever sets it longer than a call may take expects what cannot be.
  if (given.RATE_LIMIT_MAX_WAIT_MS !== undefined && wait >= deadline && parsed.success) {
    faults.push('RATE_LIMIT_MAX_WAIT_MS: must be less than TOOL_DEADLINE_MS, or a call could only wait');
  }
  if (!isLoopback(given.HOST ?? DEFAULT_HOST) && names(given.ALLOWED_HOSTS ?? '').length === 0) {
    faults.push(
      `ALLOWED_HOSTS: HOST is ${given.HOST}, which others reach: set it to the names they call this server by, ` +
        'such as mcp.example.com (or to * for any name, on a network of your own)',
    );
  }
  const unsafe = unsafeSettings(given, nodeFlags);
  faults.push(...unsafe.faults, ...misspeltToolFilters(Object.keys(given), SETTING_NAMES));
  if (!parsed.success || faults.length > 0) {
    throw new Error(`The configuration has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`);
  }
  const { PARTOO_ENV } = parsed.data;
  const PARTOO_BASE_URL =
    PARTOO_ENV === 'demo' ? undefined : (parsed.data.PARTOO_BASE_URL ?? PARTOO_BASE_URLS[PARTOO_ENV]);
  const config = {
    ...parsed.data,
    KEY_RATE_LIMIT_PER_MINUTE: parsed.data.KEY_RATE_LIMIT_PER_MINUTE ?? parsed.data.RATE_LIMIT_PER_MINUTE,
    PARTOO_BASE_URL,
    environment: environmentOf(PARTOO_BASE_URL),
    version: packageJson.version,
  };
  return {
    ...config,
    warnings: [
      ...misspeltSettings(Object.keys(given), SETTING_NAMES),
      ...unsafe.warnings,
      ...settingWarnings(config, longestStopMs(config)),
    ],
  };
}

/** `docker run --env-file` passes quotes and spaces on that shells, Node and compose take off. */
const unquoted = (value: string) => value.trim().replace(/^(["'])(.*)\1$/s, '$2');

function environmentOf(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return 'demo';
  const known = Object.entries(PARTOO_BASE_URLS).find(([, url]) => url === baseUrl);
  return known?.[0] ?? `custom-${createHash('sha256').update(baseUrl).digest('hex').slice(0, 12)}`;
}

/** For closing the listener and the last calls on open connections (http/drain.ts), for the last traces and answers. */
const STOP_SLACK_MS = 10_000;

/** How long a stop may take: a call that comes at the end of the grace gets its whole deadline. */
export const longestStopMs = ({
  DRAIN_GRACE_MS,
  TOOL_DEADLINE_MS,
}: Pick<Config, 'DRAIN_GRACE_MS' | 'TOOL_DEADLINE_MS'>) => DRAIN_GRACE_MS + TOOL_DEADLINE_MS + STOP_SLACK_MS;
