/** Why Redis cannot be used. */
export interface RedisFault {
  /** A clause that goes after "Redis at host:port cannot be used:". */
  why: string;
  /** What Redis, Node or ioredis said. It may differ from one attempt to the next. */
  words?: string;
  /**
   * `operator`: waiting mends nothing. `unclear`: what a lost connection, a busy server and a TLS mismatch look like
   * alike. `passing`: what an outage, a restart or a failover looks like.
   */
  kind: 'operator' | 'unclear' | 'passing';
}

type Rule = [sign: RegExp, kind: RedisFault['kind'], why: string];

/** By what Redis, Node and OpenSSL write. Scripts put a prefix before Redis' own words, so none is anchored. */
const RULES: Rule[] = [
  [/\bWRONGPASS\b|invalid password/, 'operator', 'it refuses the user or password of REDIS_URL'],
  [/\bNOAUTH\b/, 'operator', 'it wants a password, and got none from REDIS_URL'],
  [/\bNOPERM\b/, 'operator', 'the user of REDIS_URL may not do what this server needs'],
  [/DB index/, 'operator', 'it has no database of the number that REDIS_URL ends with'],
  [
    /CERT_|_CERT\b|UNABLE_TO_(VERIFY|GET)|ALTNAME/,
    'operator',
    'its certificate is not trusted here, or is for another name (name its authority in NODE_EXTRA_CA_CERTS)',
  ],
  [/ERR_SSL_|EPROTO/, 'operator', 'there is no agreement on TLS'],
  [/ECONNREFUSED/, 'passing', 'it refuses connections: nothing listens there'],
  [/ENOTFOUND|EAI_AGAIN/, 'passing', 'its name cannot be resolved'],
  [/EHOSTUNREACH|ENETUNREACH/, 'passing', 'there is no way to its network'],
  [/\bOOM\b/, 'passing', 'it is full (maxmemory)'],
  [/\bREADONLY\b/, 'passing', 'it is a replica, which takes no writes'],
  [/\bMISCONF\b/, 'passing', 'it cannot write to its disk'],
  [/\bLOADING\b/, 'passing', 'it is still loading its data'],
  [/\b(MASTERDOWN|NOREPLICAS)\b/, 'passing', 'it has lost its master or its replicas'],
  [/\bCLUSTERDOWN\b/, 'passing', 'its cluster is down'],
  [/max number of clients/, 'passing', 'it takes no more connections (maxclients)'],
  [/\bBUSY\b/, 'passing', 'it is busy with a script'],
  [/cluster support disabled/, 'operator', 'it is no cluster: write redis instead of redis+cluster'],
  [/\b(MOVED|CROSSSLOT)\b/, 'operator', 'it is a node of a cluster: write redis+cluster instead of redis'],
  [/ETIMEDOUT|timed out|^\s*timeout|in time/, 'unclear', 'it does not answer in time'],
  [/Protocol error|Unknown RESP/, 'unclear', 'what answers there does not speak as Redis does'],
  [
    /ECONNRESET|EPIPE|ECONNABORTED|socket disconnected|[Cc]onnection.*(closed?|ended)|isn't (writeable|ready)|max retries/,
    'unclear',
    'the connection was cut',
  ],
  [/None of startup nodes|refresh slots cache/, 'unclear', 'none of its nodes answers'],
];

/** How much of Redis' own words is told. */
const WORDS = 200;

/** Reads why Redis cannot be used from what a command or a connection failed with. Holds no password. */
export function explainRedisError(error: unknown): RedisFault {
  const { code, message, lastNodeError } = (error ?? {}) as Partial<Record<string, unknown>>;
  // ioredis tells of a whole cluster, and of what happened at the node tried last beside it.
  if (lastNodeError) return explainRedisError(lastNodeError);
  // Redis repeats the arguments of a command that it does not know: a password, where AUTH has another name.
  const words = String(message ?? error).replace(/,? with args beginning with.*/s, '');
  const text = `${code ?? ''} ${words}`;
  const [, kind = 'passing', why = 'it answers with an error'] =
    RULES.find(([sign]) => sign.test(text)) ?? [];
  return { kind, why, words: words.split('\n')[0]?.slice(0, WORDS) ?? '' };
}

/** A fault for people to read. */
export const inWords = ({ why, words }: RedisFault) => (words ? `${why} (${words})` : why);
