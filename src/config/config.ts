import { createHash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import { isLoopback } from '../core/loopback.ts';
import { type Finding, fault, faults, messagesOf } from './finding.ts';
import { misspeltSettings } from './misspelt-settings.ts';
import { splitList } from './setting-types.ts';
import { settingWarnings } from './setting-warnings.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { keyIsOpen, makesAccessToken, readServerKey, sharedKeyFindings } from './shared-key-settings.ts';
import { signInFindings } from './sign-in-settings.ts';
import { unsafeSettings } from './unsafe-settings.ts';

const PARTOO_BASE_URLS = {
  production: 'https://api.partoo.co/v2',
  sandbox: 'https://api.sandbox.partoo.co/v2',
} as const;

export interface Config extends Settings {
  KEY_RATE_LIMIT_PER_MINUTE: number;
  /** PARTOO_API_KEY, or the content of PARTOO_API_KEY_FILE. */
  serverKey: string | undefined;
  /** Whether programs of this machine may use it without credentials. */
  serverKeyIsOpen: boolean;
  /** Whether callers need an access token that no setting has. */
  makesAccessToken: boolean;
  /**
   * Identifies the Partoo behind this server in Redis keys: replicas of one environment share state, environments do not.
   * A base URL of the operator's own is identified by its hash.
   */
  environment: string;
  /** How long a stop may take: a call that arrives at the end of the grace gets its whole deadline. */
  longestStopMs: number;
  version: string;
  /** One sentence per setting that looks misspelt or deserves the operator's attention, for the log. */
  warnings: string[];
}

/** Time to close the listener, take last calls on open connections (see drain.ts) and export the last traces. */
const STOP_SLACK_MS = 10_000;

/** Throws one error that lists every fault, so that an operator does not find them one restart at a time. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  nodeFlags: string[] = process.execArgv,
): Config {
  // `PORT=` in an env file means "not set", as in every shell script.
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, unquote(value ?? '')] as const)
      .filter(([, value]) => value !== ''),
  );
  const parsed = SETTINGS.safeParse(given);
  const findings = [
    ...(parsed.error?.issues.map(issue => fault(`${issue.path.join('.')}: ${issue.message}`)) ?? []),
    ...contradictions(given, parsed.data),
    ...(parsed.data ? [...sharedKeyFindings(parsed.data), ...signInFindings(parsed.data)] : []),
    ...unsafeSettings(given, nodeFlags),
    ...misspeltSettings(Object.keys(given)),
  ];
  const faults = messagesOf('fault', findings);
  if (!parsed.success || faults.length > 0) {
    throw new Error(`The configuration has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`);
  }
  const settings = parsed.data;
  const { PARTOO_ENV } = settings;
  const PARTOO_BASE_URL =
    PARTOO_ENV === 'demo' ? undefined : (settings.PARTOO_BASE_URL ?? PARTOO_BASE_URLS[PARTOO_ENV]);
  const config = {
    ...settings,
    KEY_RATE_LIMIT_PER_MINUTE: settings.KEY_RATE_LIMIT_PER_MINUTE ?? settings.RATE_LIMIT_PER_MINUTE,
    PARTOO_BASE_URL,
    serverKey: readServerKey(settings),
    serverKeyIsOpen: keyIsOpen(settings),
    makesAccessToken: makesAccessToken(settings),
    environment: environmentOf(PARTOO_BASE_URL),
    longestStopMs: settings.DRAIN_GRACE_MS + settings.TOOL_DEADLINE_MS + STOP_SLACK_MS,
    version: packageJson.version,
  };
  return {
    ...config,
    warnings: [...messagesOf('warning', findings), ...settingWarnings(config, config.longestStopMs)],
  };
}

/** For the command that edits the file, which needs no other setting. */
export const teamTokensFile = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  unquote(env.TEAM_TOKENS_FILE ?? '') || undefined;

/** Faults of several settings together. `settings` is undefined when one of them is invalid by itself. */
function contradictions(given: Record<string, string>, settings: Settings | undefined): Finding[] {
  return faults([
    [
      given.PARTOO_ENV === 'demo' && given.PARTOO_BASE_URL !== undefined,
      'PARTOO_BASE_URL: PARTOO_ENV is demo, which uses the built-in Partoo emulator; set only one of them',
    ],
    [
      given.PARTOO_ENV === 'sandbox' && settings?.PARTOO_BASE_URL === PARTOO_BASE_URLS.production,
      'PARTOO_BASE_URL: is the production of Partoo, but PARTOO_ENV is sandbox; set only one of them',
    ],
    [
      // The default is only an upper bound. A wait that was set explicitly must be possible.
      settings &&
        given.RATE_LIMIT_MAX_WAIT_MS !== undefined &&
        settings.RATE_LIMIT_MAX_WAIT_MS >= settings.TOOL_DEADLINE_MS,
      'RATE_LIMIT_MAX_WAIT_MS: must be less than TOOL_DEADLINE_MS, or a call could spend all its time waiting',
    ],
    [
      given.HOST !== undefined &&
        !isLoopback(given.HOST) &&
        splitList(given.ALLOWED_HOSTS ?? '').length === 0,
      `ALLOWED_HOSTS: HOST is ${given.HOST}, which other machines can reach: set it to the names by which clients call this ` +
        'server, such as mcp.example.com (or * for any name, on a network of your own)',
    ],
  ]);
}

/** `docker run --env-file` keeps quotes and spaces that shells, Node and compose remove. */
const unquote = (value: string) => value.trim().replace(/^(["'])(.*)\1$/s, '$2');

function environmentOf(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return 'demo';
  const known = Object.entries(PARTOO_BASE_URLS).find(([, url]) => url === baseUrl);
  return known?.[0] ?? `custom-${createHash('sha256').update(baseUrl).digest('hex').slice(0, 12)}`;
}
