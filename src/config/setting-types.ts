import { isIP } from 'node:net';
import * as z from 'zod';
import { travelsInClear } from '../core/loopback.ts';
import { SELECTIONS, type Selection } from '../mcp/tool-filter/enabled-tools.ts';
import { parseRedisUrl } from '../storage/redis/redis-url.ts';

export function range(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

export const integer = (fallback: number, min: number, max: number) => range(min, max).default(fallback);

/** Case-insensitive: YAML and Python write `True`. */
export const flag = (fallback: boolean) =>
  z
    .stringbool({ truthy: ['true'], falsy: ['false'], error: 'must be "true" or "false"' })
    .prefault(String(fallback));

export const splitList = (value: string) =>
  value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');

export const toolsets = z.string().transform((value, context): Selection[] => {
  const given = splitList(value).map(name => name.toLowerCase());
  const unknown = given.filter(name => !SELECTIONS.some(selection => selection === name));
  const known = `known are ${SELECTIONS.join(', ')}`;
  if (unknown.length > 0) context.addIssue(`there is no ${unknown.join(', ')}; ${known}`);
  else if (given.length === 0) context.addIssue(`is empty; ${known}`);
  return SELECTIONS.filter(selection => given.includes(selection));
});

/** Compared with Host and Origin headers as the SDK does: without port; `app://*` allows a scheme. */
export const hostNames = z
  .string()
  .default('')
  .transform(value => splitList(value.toLowerCase()))
  .refine(names => names.every(name => /^(\*|\[[0-9a-f:]+\]|[\w.-]+|[a-z][\w+.-]*:\/\/\*)$/.test(name)), {
    error: 'must be host names without scheme or port, such as mcp.example.com, or * for any',
  });

const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isProxy(item: string): boolean {
  const [address = '', bits] = item.trim().split('/');
  const version = isIP(address);
  const inRange = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return PROXY_NAMES.has(address) || (version > 0 && inRange);
}

/** Fastify's `trustProxy`, without hop counts: clients can spoof those. */
export const trustProxy = z
  .string()
  .default('false')
  .refine(value => value === 'true' || value === 'false' || value.split(',').every(isProxy), {
    error: 'must be true, false, or a comma-separated list of addresses such as 10.0.0.0/8 or loopback',
  })
  .transform(value => (value === 'true' || value === 'false' ? value === 'true' : value));

export const headerName = z
  .string()
  .regex(/^[\w-]+$/, { error: 'must be the name of a header, such as fly-client-ip' })
  .toLowerCase();

/** OpenTelemetry's notation: `name=value,name=value`, percent-encoded. */
export const otlpHeaders = z
  .string()
  .default('')
  .transform((value, context): Record<string, string> => {
    try {
      const pairs = splitList(value).map(item => /^([\w-]+)\s*=\s*(.*)$/.exec(item) as RegExpExecArray);
      return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]));
    } catch {
      context.addIssue('must be name=value pairs separated by commas, percent-encoded');
      return {};
    }
  });

const httpUrl = (error: string) => z.url({ protocol: /^https?$/, error });

export const otlpUrl = httpUrl('must be an http(s) URL, such as http://127.0.0.1:4318').transform(url =>
  url.replace(/\/+$/, ''),
);

export const partooUrl = httpUrl('must be an http(s) URL, with its /v2')
  .refine(url => !/^[^/]+\/\/[^/]*@/.test(url), {
    error: 'must contain no user name or password: it is logged',
  })
  .refine(url => !/[?#]/.test(url), { error: 'must end with its path, without ? or #' })
  .transform(url => (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, ''));

export const redisUrl = z.string().superRefine((url, context) => {
  try {
    parseRedisUrl(url);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const LONG_ENOUGH = 'must have at least 32 characters, as `openssl rand -hex 32` makes them';

export const secret = z.string().min(32, { error: LONG_ENOUGH }).default('');

/** What fits in a header. */
export const partooKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,512}$/, { error: 'must be a key of up to 512 characters, without spaces' });

export const accessToken = z
  .string()
  .min(32, { error: LONG_ENOUGH })
  .regex(/^[\x21-\x7e]+$/, { error: 'must hold only characters that fit in a header' });

/** The first secret seals; each of them opens. */
export const signInSecrets = z
  .string()
  .default('')
  .transform(splitList)
  .refine(secrets => secrets.every(secret => secret.length >= 32), { error: LONG_ENOUGH });

export const list = z.string().default('').transform(splitList);

export const emailDomains = z
  .string()
  .default('')
  .transform(value => splitList(value.toLowerCase()))
  .refine(domains => domains.every(domain => /^(\*|[a-z0-9-]+(\.[a-z0-9-]+)+)$/.test(domain)), {
    error: 'must be domains without @, such as example.com, or * for any',
  });

/** An origin. Plain HTTP only on loopback, where no one reads along. */
export const publicUrl = httpUrl('must be an http(s) URL, such as https://mcp.example.com')
  .refine(url => URL.canParse(url) && /^[^/]+\/\/[^/?#@]+\/?$/.test(url), {
    error: 'must have no path, such as https://mcp.example.com',
  })
  .refine(url => !URL.canParse(url) || !travelsInClear(url), {
    error: 'must be https, except on loopback: tokens travel to it',
  })
  .transform(url => (URL.canParse(url) ? new URL(url).origin : url));

export const oidcIssuer = httpUrl('must be an https URL, such as https://accounts.google.com').refine(
  url => !URL.canParse(url) || !travelsInClear(url),
  { error: 'must be https, except on loopback' },
);

const RATIO = 'must be from 0 to 1';
export const ratio = z.coerce.number().min(0, { error: RATIO }).max(1, { error: RATIO }).default(1);
