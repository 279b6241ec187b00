import { isLoopback, travelsInClear } from '../core/loopback.ts';
import type { Settings } from './settings.ts';

/** Most clients give up on a call after this long. */
const CLIENTS_WAIT_MS = 60_000;
/** Claude Code truncates larger results. */
const CLIENTS_READ_TOKENS = 25_000;
/** A garbage collection may take this long. */
const SHORTEST_DELAY_MS = 50;
/** `stop_grace_period` and `kill_timeout` in this repository's docker-compose.yml and fly.toml. */
const STOP_MAY_TAKE_MS = 65_000;

/** One sentence per risky value or combination of valid settings, with what to do. */
export function settingWarnings(settings: Settings, longestStopMs: number): string[] {
  const {
    CLIENT_IP_HEADER,
    HOST,
    KEY_HASH_SECRET,
    MAX_EVENT_LOOP_DELAY_MS,
    MAX_WAITING_PER_KEY,
    OTEL_EXPORTER_OTLP_ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS,
    PARTOO_BASE_URL,
    PARTOO_ENV,
    RATE_LIMIT_MAX_WAIT_MS,
    RATE_LIMIT_PER_MINUTE,
    REDIS_URL,
    REPLICAS_HINT,
    RESULT_TOKEN_BUDGET,
    TOOL_DEADLINE_MS,
    TRUST_PROXY,
    UPSTREAM_TIMEOUT_MS,
    WRITE_MEMORY_SECONDS,
    KEY_RATE_LIMIT_PER_MINUTE = RATE_LIMIT_PER_MINUTE,
  } = settings;
  const rules: [found: boolean, sentence: string][] = [
    [
      PARTOO_BASE_URL !== undefined && !PARTOO_BASE_URL.endsWith('/v2'),
      "PARTOO_BASE_URL does not end with /v2, which is where Partoo's API is: every call may get a 404. Add it.",
    ],
    [
      PARTOO_ENV === 'demo' && !isLoopback(HOST),
      `PARTOO_ENV=demo on HOST=${HOST}: the demo's keys are public, so whoever reaches this server can call it. ` +
        'Let nobody reach it but you: HOST=127.0.0.1, or a port published on 127.0.0.1 only.',
    ],
    [
      REPLICAS_HINT > 1 && REDIS_URL === undefined,
      `REPLICAS_HINT=${REPLICAS_HINT} without REDIS_URL: each replica counts by itself and knows only its own writes, ` +
        'so that the same write asked of two of them is made twice. Set REDIS_URL, or run one replica.',
    ],
    [
      REPLICAS_HINT > Math.min(RATE_LIMIT_PER_MINUTE, KEY_RATE_LIMIT_PER_MINUTE),
      'REPLICAS_HINT is above RATE_LIMIT_PER_MINUTE or KEY_RATE_LIMIT_PER_MINUTE: without Redis each replica may still ' +
        'send one request a minute, which is more than the limit in all. Raise the limit, or run fewer replicas.',
    ],
    [
      KEY_RATE_LIMIT_PER_MINUTE > RATE_LIMIT_PER_MINUTE,
      'KEY_RATE_LIMIT_PER_MINUTE is above RATE_LIMIT_PER_MINUTE and is never reached: one key may use up the whole ' +
        'limit of its organization. Set it lower.',
    ],
    [
      MAX_WAITING_PER_KEY === 0 && RATE_LIMIT_MAX_WAIT_MS > 0,
      'MAX_WAITING_PER_KEY=0 lets no call wait for its turn, whatever RATE_LIMIT_MAX_WAIT_MS says: calls over the limit ' +
        'are refused at once. Raise it, or set RATE_LIMIT_MAX_WAIT_MS=0 as well.',
    ],
    [
      UPSTREAM_TIMEOUT_MS >= TOOL_DEADLINE_MS,
      `UPSTREAM_TIMEOUT_MS (${UPSTREAM_TIMEOUT_MS}) is not below TOOL_DEADLINE_MS (${TOOL_DEADLINE_MS}): one slow attempt ` +
        'takes the whole call, with no time left to try again or to look whether a write happened. Set it lower.',
    ],
    [
      TOOL_DEADLINE_MS > CLIENTS_WAIT_MS,
      `TOOL_DEADLINE_MS (${TOOL_DEADLINE_MS}) is above 60000: most clients give up on a call before that, and never ` +
        'learn what came of a write. Set it lower.',
    ],
    [
      longestStopMs > STOP_MAY_TAKE_MS,
      `A stop may take ${Math.ceil(longestStopMs / 1_000)} s (DRAIN_GRACE_MS, TOOL_DEADLINE_MS and 10 s): give it as long, ` +
        'with stop_grace_period in docker-compose.yml, kill_timeout in fly.toml or docker stop -t, or calls are cut.',
    ],
    [
      WRITE_MEMORY_SECONDS * 1_000 < CLIENTS_WAIT_MS,
      `WRITE_MEMORY_SECONDS=${WRITE_MEMORY_SECONDS} remembers no write for as long as clients wait for it (60 s): the same one ` +
        'asked for again, as they do after a time-out, is made again. Leave it at 120 unless you mean that.',
    ],
    [
      RESULT_TOKEN_BUDGET > CLIENTS_READ_TOKENS,
      `RESULT_TOKEN_BUDGET (${RESULT_TOKEN_BUDGET}) is above 25000: clients such as Claude Code cut longer answers off. ` +
        'Set it lower.',
    ],
    [
      REDIS_URL !== undefined && KEY_HASH_SECRET === '',
      "KEY_HASH_SECRET is not set: whoever reads the Redis can try guesses at callers' keys against their hashes. " +
        'Set it, the same on all replicas: openssl rand -hex 32',
    ],
    [
      isEasyToGuess(KEY_HASH_SECRET),
      "KEY_HASH_SECRET repeats itself or is an example: it can be guessed, and callers' keys with it, by whoever reads the log or the " +
        'Redis. Make another, the same on all replicas: openssl rand -hex 32',
    ],
    [
      MAX_EVENT_LOOP_DELAY_MS < SHORTEST_DELAY_MS,
      `MAX_EVENT_LOOP_DELAY_MS=${MAX_EVENT_LOOP_DELAY_MS} refuses calls with 503 at any busy moment. It is in milliseconds: ` +
        'leave it at 2000.',
    ],
    [
      (TRUST_PROXY === true || /\/0+(,|$)/.test(String(TRUST_PROXY))) && CLIENT_IP_HEADER === undefined,
      `TRUST_PROXY=${TRUST_PROXY} believes what a caller writes into X-Forwarded-For, so that it can try bad keys from as many ` +
        "addresses as it likes. Set it to your proxies' addresses, or CLIENT_IP_HEADER to the header your platform sets.",
    ],
    [
      CLIENT_IP_HEADER === 'x-forwarded-for' || CLIENT_IP_HEADER === 'forwarded',
      `CLIENT_IP_HEADER=${CLIENT_IP_HEADER} names a list that callers can begin themselves. Leave it out and set ` +
        "TRUST_PROXY to your proxies' addresses.",
    ],
    [
      OTEL_EXPORTER_OTLP_ENDPOINT !== undefined &&
        travelsInClear(OTEL_EXPORTER_OTLP_ENDPOINT) &&
        Object.keys(OTEL_EXPORTER_OTLP_HEADERS).length > 0,
      'OTEL_EXPORTER_OTLP_HEADERS travel in clear to OTEL_EXPORTER_OTLP_ENDPOINT, which is another machine. Use https ' +
        'if they hold a password or token.',
    ],
  ];
  return rules.filter(([found]) => found).map(([, sentence]) => sentence);
}

/** Placeholders of examples and of unfilled templates. */
const EXAMPLE = /change[-_ ]?me|replace|your[-_ ]|example|openssl|[$<{%]/i;

/** Whether a secret is a placeholder, repeats a shorter text, or has few different characters. */
function isEasyToGuess(secret: string): boolean {
  if (secret === '') return false;
  if (EXAMPLE.test(secret)) return true;
  const periods = Array.from({ length: Math.floor(secret.length / 2) }, (_, i) => i + 1);
  const repeats = periods.some(period => secret.slice(period) === secret.slice(0, -period));
  return repeats || new Set(secret).size < 8;
}
