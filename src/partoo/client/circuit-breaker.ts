import { LRUCache } from 'lru-cache';
import { isOrganizationBucket } from '../keys/buckets.ts';
import { type Attempt, isRateLimited } from './attempt.ts';

/** Attempts count for at least half of this time and at most all of it. */
const WINDOW_MS = 30_000;
/** A circuit opens when half of at least this many attempts failed. */
const MIN_ATTEMPTS = { key: 10, organization: 20, everybody: 20 };
/**
 * It also requires that more than half of its active parts fail, and at least this many. An organization's parts are its keys,
 * everybody's are the organizations.
 */
const MIN_FAILING_PARTS = { key: 0, organization: 2, everybody: 3 };
/** How long an open circuit lets nothing through before one attempt may try. */
const OPEN_MS = 10_000;
/** The wait to report while another attempt is the trial. */
const TRIAL_MS = 2_000;
const MAX_ORGANIZATIONS = 5_000;
const MAX_KEYS_OF_ORGANIZATION = 200;
const MAX_UNKNOWN_KEYS = 5_000;

export type BreakerState = 'closed' | 'open' | 'half_open';
type BreakerScope = 'key' | 'organization' | 'everybody';

interface BreakerLog {
  /** `name`: the key's hash or the organization's bucket. A failed trial is not logged again. */
  opened(scope: BreakerScope, name: string): void;
  closed(scope: BreakerScope, name: string): void;
}

/** The key an attempt is made with. */
export interface Source {
  /** The rate-limit bucket: an organization's, or one for keys whose organization is unknown. */
  bucket: string;
  keyHash: string;
}

/** Permission for one attempt. */
export interface Permit {
  /** Must be called once: until then, a trial keeps others waiting. Without an outcome when this server failed. */
  record(attempt: Attempt | undefined): void;
}

export type Breaker = ReturnType<typeof createBreaker>;

/**
 * Stops sending to a Partoo that is down: its timeouts would hold callers, and retries would hit it as it recovers. Pure except
 * for `now`, a clock in milliseconds. Each replica has its own.
 *
 * Each key, each organization and everybody together have a circuit, so that failures hold back only where they happen.
 * Only organizations confirmed by Partoo count for everybody's circuit, since anybody can make up keys.
 */
export function createBreaker(log: BreakerLog, now: () => number = () => performance.now()) {
  const organizations = new LRUCache<string, Organization>({
    max: MAX_ORGANIZATIONS,
    memoMethod: bucket => new Organization(bucket),
  });
  /** Apart from the organizations, so that made-up keys cannot evict those. */
  const unknownKeys = new LRUCache<string, Circuit>({
    max: MAX_UNKNOWN_KEYS,
    memoMethod: keyHash => new Circuit('key', keyHash),
  });
  const everybody = new Circuit('everybody', 'everybody', () => organizations.values());

  function circuitsOf({ bucket, keyHash }: Source) {
    const organization = isOrganizationBucket(bucket) ? organizations.memo(bucket) : undefined;
    const key = organization?.key(keyHash) ?? unknownKeys.memo(keyHash);
    /** Those in which an attempt of this source counts. */
    const counting: Circuit[] = organization ? [key, organization, everybody] : [key];
    return { key, organization, counting };
  }
  type Circuits = ReturnType<typeof circuitsOf>;

  /** Returns how long a source must wait, or the circuit in which its next attempt is the trial, if any is open. */
  function gate({ key, organization }: Circuits): { waitMs?: number; trialOf?: Circuit } {
    const tripped = [key, organization, everybody].filter(circuit => circuit?.openUntil !== undefined);
    if (tripped.length === 0) return {};
    const waitMs = Math.max(...tripped.map(circuit => (circuit?.openUntil ?? 0) - now()));
    if (waitMs > 0) return { waitMs };
    // One attempt at a time for each organization; a key that only its own circuit held back tries alone.
    const trialOf = tripped.length === 1 && tripped[0] === key ? key : (organization ?? key);
    return trialOf.trying ? { waitMs: TRIAL_MS } : { trialOf };
  }

  function record({ key, counting }: Circuits, trialOf: Circuit | undefined, attempt?: Attempt): void {
    if (trialOf) trialOf.trying = false;
    const failed = attempt && isFailure(attempt);
    if (failed === undefined) return;
    if (trialOf && !failed) {
      for (const circuit of counting.filter(({ openUntil }) => openUntil !== undefined)) {
        circuit.openUntil = undefined;
        circuit.tally = new Tally();
        log.closed(circuit.scope, circuit.name);
      }
    }
    // An attempt that began before a circuit opened says nothing new about it.
    const closed = counting.filter(({ openUntil }) => openUntil === undefined);
    for (const circuit of closed) circuit.tally.add(failed, now());
    if (!failed) return;
    // After a failed trial only the key that tried waits again: another one may find its organization served.
    if (trialOf) key.openUntil = now() + OPEN_MS;
    for (const circuit of closed) {
      if (circuit.openUntil !== undefined || !circuit.mustOpen(now())) continue;
      circuit.openUntil = now() + OPEN_MS;
      log.opened(circuit.scope, circuit.name);
    }
  }

  return {
    /** The state of everybody's circuit. Half open, attempts may try; it stays so until one succeeds. */
    get state(): BreakerState {
      if (everybody.openUntil === undefined) return 'closed';
      return everybody.openUntil > now() ? 'open' : 'half_open';
    },

    /** How many organizations and how many single keys are blocked. */
    get blocked(): { organizations: number; keys: number } {
      const countOpen = (circuits: Circuit[]) =>
        circuits.filter(({ openUntil = 0 }) => openUntil > now()).length;
      const all = [...organizations.values()];
      return {
        organizations: countOpen(all),
        keys: countOpen([...all.flatMap(({ parts }) => [...parts()]), ...unknownKeys.values()]),
      };
    },

    /** Returns the milliseconds for which nothing of this source is sent; undefined if an attempt may be sent now. */
    blockedMs: (source: Source): number | undefined => gate(circuitsOf(source)).waitMs,

    /** Returns a permit for one attempt, or undefined while nothing of this source is sent. */
    enter(source: Source): Permit | undefined {
      const circuits = circuitsOf(source);
      const { waitMs, trialOf } = gate(circuits);
      if (waitMs !== undefined) return undefined;
      if (trialOf) trialOf.trying = true;
      return { record: attempt => record(circuits, trialOf, attempt) };
    },
  };
}

class Circuit {
  readonly scope: BreakerScope;
  readonly name: string;
  readonly parts: () => Iterable<Circuit>;
  tally = new Tally();
  /** On the breaker's clock. Undefined while the circuit is closed; in the past it is half open. */
  openUntil: number | undefined;
  /** Whether a trial is under way. */
  trying = false;

  constructor(scope: BreakerScope, name: string, parts: () => Iterable<Circuit> = () => []) {
    this.scope = scope;
    this.name = name;
    this.parts = parts;
  }

  mustOpen(now: number): boolean {
    if (!this.tally.fails(now, MIN_ATTEMPTS[this.scope])) return false;
    if (this.scope === 'key') return true;
    const active = [...this.parts()].flatMap(({ tally }) => tally.fails(now, 1) ?? []);
    const failing = active.filter(Boolean).length;
    return failing >= MIN_FAILING_PARTS[this.scope] && failing * 2 > active.length;
  }
}

class Organization extends Circuit {
  readonly #keys: Map<string, Circuit>;

  constructor(bucket: string) {
    const keys = new Map<string, Circuit>();
    super('organization', bucket, () => keys.values());
    this.#keys = keys;
  }

  key(keyHash: string): Circuit {
    const known = this.#keys.get(keyHash) ?? new Circuit('key', keyHash);
    // Inserted anew, so that the first key of the map is the least recently used one.
    this.#keys.delete(keyHash);
    this.#keys.set(keyHash, known);
    const [oldest = ''] = this.#keys.keys();
    if (this.#keys.size > MAX_KEYS_OF_ORGANIZATION) this.#keys.delete(oldest);
    return known;
  }
}

/** Counts recent attempts, in two halves of the window. */
class Tally {
  #half = 0;
  #current = { attempts: 0, failed: 0 };
  #previous = { attempts: 0, failed: 0 };

  add(failed: boolean, now: number): void {
    this.#rotate(now);
    this.#current.attempts++;
    if (failed) this.#current.failed++;
  }

  /** Whether half of at least `minAttempts` attempts failed; undefined when there were fewer. */
  fails(now: number, minAttempts: number): boolean | undefined {
    this.#rotate(now);
    const attempts = this.#current.attempts + this.#previous.attempts;
    const failed = this.#current.failed + this.#previous.failed;
    return attempts < minAttempts ? undefined : failed * 2 >= attempts;
  }

  #rotate(now: number): void {
    const half = Math.floor(now / (WINDOW_MS / 2));
    if (half === this.#half) return;
    this.#previous = half === this.#half + 1 ? this.#current : { attempts: 0, failed: 0 };
    this.#current = { attempts: 0, failed: 0 };
    this.#half = half;
  }
}

/**
 * Undefined for an attempt that says nothing about Partoo, because this server ended it early. Refusals, rate limits among
 * them, show that Partoo is up.
 */
function isFailure(attempt: Attempt): boolean | undefined {
  if (attempt.kind === 'response') return attempt.status >= 500 && !isRateLimited(attempt);
  return attempt.endedBy === 'deadline' || attempt.endedBy === 'memory' ? undefined : true;
}
