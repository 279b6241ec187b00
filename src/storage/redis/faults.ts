/** Why Redis cannot be used. */
export interface RedisFault {
  /** A clause that follows "Redis at host:port cannot be used:". */
  why: string;
  /** The message of Redis, Node or ioredis. It may differ from one attempt to the next. */
  words?: string;
  /**
   * - `operator`: needs a change of the configuration.
   * - `passing`: an outage, a restart or a failover.
   * - `unclear`: a lost connection, a busy server or a TLS mismatch, which look alike.
   */
  kind: 'operator' | 'passing' | 'unclear';
}

type Rule = [pattern: RegExp, kind: RedisFault['kind'], why: string];

/** By the words of Redis, Node and OpenSSL. Unanchored: scripts put a prefix before Redis' own words. */
const RULES: Rule[] = [
  [/\bWRONGPASS\b|invalid password/, 'operator', 'it rejects the user or password of REDIS_URL'],
  [/\bNOAUTH\b/, 'operator', 'it requires a password, and REDIS_URL has none'],
  [/\bNOPERM\b/, 'operator', 'the user of REDIS_URL may not run the commands that this server needs'],
  [/DB index/, 'operator', 'it has no database of the number at the end of REDIS_URL'],
  [/CERT_|_CERT\b|UNABLE_TO_|ALTNAME/, 'operator', 'its certificate is not trusted (NODE_EXTRA_CA_CERTS)'],
  [/ERR_SSL_|EPROTO/, 'operator', 'the TLS handshake failed'],
  [/ECONNREFUSED/, 'passing', 'it refuses connections: nothing listens there'],
  [/ENOTFOUND|EAI_AGAIN/, 'passing', 'its name cannot be resolved'],
  [/EHOSTUNREACH|ENETUNREACH/, 'passing', 'its network cannot be reached'],
  [/\bOOM\b/, 'passing', 'it is full (maxmemory)'],
  [/\bREADONLY\b/, 'passing', 'it is a replica, which accepts no writes'],
  [/\bMISCONF\b/, 'passing', 'it cannot write to its disk'],
  [/\bLOADING\b/, 'passing', 'it is still loading its data'],
  [/\b(MASTERDOWN|NOREPLICAS)\b/, 'passing', 'it has lost its master or its replicas'],
  [/\bCLUSTERDOWN\b/, 'passing', 'its cluster is down'],
  [/max number of clients/, 'passing', 'it accepts no more connections (maxclients)'],
  [/\bBUSY\b/, 'passing', 'it is busy with a script'],
  [/support disabled/, 'operator', 'it is not a cluster: use redis instead of redis+cluster in REDIS_URL'],
  [/MOVED|CROSSSLOT/, 'operator', 'it is a cluster node: use redis+cluster instead of redis in REDIS_URL'],
  [/ETIMEDOUT|timed out|^\s*timeout|in time/, 'unclear', 'it does not answer in time'],
  [/Protocol error|Unknown RESP/, 'unclear', 'what answers there is not Redis'],
  [
    /ECONNRESET|EPIPE|ECONNABORTED|socket disconnected|[Cc]onnection.*(closed?|ended)|isn't (writeable|ready)|max retries/,
    'unclear',
    'the connection was cut',
  ],
  [/None of startup nodes|refresh slots cache/, 'unclear', 'none of its nodes answers'],
];

const MAX_WORDS = 200;

/** Explains the error of a command or a connection. The result holds no password. */
export function explainRedisError(error: unknown): RedisFault {
  const { code, message, lastNodeError } = (error ?? {}) as Partial<Record<string, unknown>>;
  // ioredis reports the whole cluster, and beside it the cause at the node it tried last.
  if (lastNodeError) return explainRedisError(lastNodeError);
  // Redis repeats the arguments of an unknown command: a password, if AUTH has been renamed.
  const words = String(message ?? error).replace(/,? with args beginning with.*/s, '');
  const text = `${code ?? ''} ${words}`;
  const [, kind = 'passing', why = 'it answers with an error'] =
    RULES.find(([pattern]) => pattern.test(text)) ?? [];
  return { kind, why, words: words.split('\n')[0]?.slice(0, MAX_WORDS) ?? '' };
}

export const describeFault = ({ why, words }: RedisFault) => (words ? `${why} (${words})` : why);
