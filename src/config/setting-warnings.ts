import { isLoopback, travelsInClear } from '../core/loopback.ts';
import { applying } from './finding.ts';
import type { Settings } from './settings.ts';

/** Most clients give up on a call after this long. */
const CLIENTS_WAIT_MS = 60_000;
/** Claude Code truncates larger results. */
const CLIENTS_READ_TOKENS = 25_000;
/** `stop_grace_period` and `kill_timeout` in this repository's docker-compose.yml and fly.toml. */
const STOP_MAY_TAKE_MS = 65_000;

/** One sentence per risky value or combination of valid settings, with what to do. */
export function settingWarnings(settings: Settings, longestStopMs: number): string[] {
  const { HOST, REPLICAS_HINT, TOOL_DEADLINE_MS, UPSTREAM_TIMEOUT_MS, WRITE_MEMORY_SECONDS } = settings;
  const { PARTOO_BASE_URL, REDIS_URL, KEY_HASH_SECRET, RESULT_TOKEN_BUDGET } = settings;
  const { TRUST_PROXY, CLIENT_IP_HEADER, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS } = settings;
  return applying([
    [
      PARTOO_BASE_URL !== undefined && !PARTOO_BASE_URL.endsWith('/v2'),
      'PARTOO_BASE_URL does not end with /v2, where Partoo serves its API: calls may get a 404. Add /v2.',
    ],
    [
      settings.PARTOO_ENV === 'demo' &&
        !isLoopback(HOST) &&
        !(settings.PARTOO_API_KEY ?? settings.PARTOO_API_KEY_FILE),
      `PARTOO_ENV=demo with HOST=${HOST}: the demo's keys are public, so anyone who reaches this server can call it. ` +
        'Set HOST=127.0.0.1, or publish the port on 127.0.0.1 only.',
    ],
    [
      REPLICAS_HINT > 1 && REDIS_URL === undefined,
      `REPLICAS_HINT=${REPLICAS_HINT} without REDIS_URL: replicas do not know each other's writes, so a write that reaches ` +
        'two of them is made twice. Set REDIS_URL, or run one replica.',
    ],
    [
      UPSTREAM_TIMEOUT_MS >= TOOL_DEADLINE_MS,
      `UPSTREAM_TIMEOUT_MS (${UPSTREAM_TIMEOUT_MS}) is not below TOOL_DEADLINE_MS (${TOOL_DEADLINE_MS}): one slow attempt ` +
        'uses up the whole call and leaves no time to retry, or to verify a write. Lower it.',
    ],
    [
      TOOL_DEADLINE_MS > CLIENTS_WAIT_MS,
      `TOOL_DEADLINE_MS (${TOOL_DEADLINE_MS}) is above 60000: most clients give up on a call after 60 s and never learn ` +
        'whether a write happened. Lower it.',
    ],
    [
      longestStopMs > STOP_MAY_TAKE_MS,
      `A stop may take ${Math.ceil(longestStopMs / 1_000)} s (DRAIN_GRACE_MS + TOOL_DEADLINE_MS + 10 s): allow that ` +
        'long, by stop_grace_period in docker-compose.yml, kill_timeout in fly.toml or docker stop -t, or calls are cut off.',
    ],
    [
      WRITE_MEMORY_SECONDS * 1_000 < CLIENTS_WAIT_MS,
      `WRITE_MEMORY_SECONDS=${WRITE_MEMORY_SECONDS} is less than the 60 s that clients wait for a call: a client that repeats ` +
        'a write after its timeout makes it twice. Set it to 120.',
    ],
    [
      RESULT_TOKEN_BUDGET > CLIENTS_READ_TOKENS,
      `RESULT_TOKEN_BUDGET (${RESULT_TOKEN_BUDGET}) is above 25000: clients such as Claude Code cut longer results off. Lower it.`,
    ],
    [
      REDIS_URL !== undefined && KEY_HASH_SECRET === '',
      "KEY_HASH_SECRET is not set: anyone who reads the Redis can test guesses of callers' keys against their hashes. " +
        'Set the same secret on all replicas: openssl rand -hex 32',
    ],
    [
      isEasyToGuess(KEY_HASH_SECRET),
      'KEY_HASH_SECRET is a placeholder or repetitive: anyone who guesses it, and reads the log or the Redis, can test guesses ' +
        "of callers' keys. Set another one on all replicas: openssl rand -hex 32",
    ],
    [
      trustsEverybody(TRUST_PROXY) && CLIENT_IP_HEADER === undefined,
      `TRUST_PROXY=${TRUST_PROXY} trusts the X-Forwarded-For of any client, so a caller can try keys from any number of made-up ` +
        "addresses. Set it to your proxies' addresses, or CLIENT_IP_HEADER to the header that your platform sets.",
    ],
    [
      CLIENT_IP_HEADER === 'x-forwarded-for' || CLIENT_IP_HEADER === 'forwarded',
      `CLIENT_IP_HEADER=${CLIENT_IP_HEADER} names a list that clients can begin themselves. Leave it out, and set TRUST_PROXY ` +
        "to your proxies' addresses.",
    ],
    [
      OTEL_EXPORTER_OTLP_ENDPOINT !== undefined &&
        travelsInClear(OTEL_EXPORTER_OTLP_ENDPOINT) &&
        Object.keys(OTEL_EXPORTER_OTLP_HEADERS).length > 0,
      'OTEL_EXPORTER_OTLP_HEADERS go unencrypted to OTEL_EXPORTER_OTLP_ENDPOINT, which is another machine. Use https if they ' +
        'contain a password or token.',
    ],
  ]);
}

/** Whether `TRUST_PROXY` believes any client. */
export const trustsEverybody = (trustProxy: Settings['TRUST_PROXY']) =>
  trustProxy === true || /\/0+(,|$)/.test(String(trustProxy));

/** Placeholders of examples and of unfilled templates. */
const EXAMPLE = /change[-_ ]?me|replace|your[-_ ]|example|openssl|[$<{%]/i;

export const isEasyToGuess = (secret: string) =>
  secret !== '' && (EXAMPLE.test(secret) || /^(.+?)\1+$/.test(secret) || new Set(secret).size < 8);
