import { LRUCache } from 'lru-cache';
import { isOrganizationBucket } from '../keys/buckets.ts';
import { isTooMany } from './retry.ts';
import type { Attempt } from './transport.ts';

/** Attempts count for half of this at least and for the whole of it at most. */
const WINDOW_MS = 30_000;
/** How many attempts it takes, half of them failed, before a key is held back, or an organization, or everybody. */
const MIN_ATTEMPTS = { key: 10, organization: 20, everybody: 20 };
/** How many keys must fail before their organization is held back; how many organizations, before everybody is. */
const MIN_FAILING = { keys: 2, organizations: 3 };
/** How long nothing is sent before one attempt may try. */
const OPEN_MS = 10_000;
/** When to come back while another attempt tries. */
const TRIAL_MS = 2_000;
/** A circuit that nobody has used for so long is forgotten, which closes it. */
const FORGET_MS = 600_000;
const MAX_ORGANIZATIONS = 5_000;
const MAX_KEYS_OF_ORGANIZATION = 200;
const MAX_UNKNOWN_KEYS = 5_000;

export type BreakerState = 'closed' | 'open' | 'half_open';
export type BreakerScope = 'key' | 'organization' | 'everybody';

export interface BreakerLog {
  /** `name`: the key's hash or the organization's bucket; a trial that fails is not logged again. */
  opened(scope: BreakerScope, name: string): void;
  closed(scope: BreakerScope, name: string): void;
}

/** Whose attempt it is. */
export interface Source {
  /** The rate-limit bucket: an organization's, or that of keys whose organization is not known. */
  bucket: string;
  keyHash: string;
}

export type Breaker = ReturnType<typeof createBreaker>;

/**
 * Stops sending to a Partoo that is down: its time-outs would hold callers, its recovery would meet our retries. Pure but
 * for `now`, a clock in milliseconds. Each replica has its own.
 *
 * A circuit for each key, for each organization and for everybody, so that what fails holds back only where it fails.
 * An organization's opens when most of its keys fail, everybody's when most organizations do: only organizations that
 * Partoo has told count, since keys can be made up.
 */
export function createBreaker(log: BreakerLog, now: () => number = () => performance.now()) {
  const everybody = new Circuit('everybody', 'everybody');
  const forgetting = { ttl: FORGET_MS, updateAgeOnGet: true, perf: { now } };
  const organizations = new LRUCache<string, Organization>({
    max: MAX_ORGANIZATIONS,
    ...forgetting,
    memoMethod: bucket => new Organization(bucket),
  });
  /** Apart from the organizations, so that made-up keys cannot push those out. */
  const unknownKeys = new LRUCache<string, Circuit>({
    max: MAX_UNKNOWN_KEYS,
    ...forgetting,
    memoMethod: keyHash => new Circuit('key', keyHash),
  });

  function circuitsOf({ bucket, keyHash }: Source): { key: Circuit; organization?: Organization } {
    if (!isOrganizationBucket(bucket)) return { key: unknownKeys.memo(keyHash) };
    const organization = organizations.memo(bucket);
    return { organization, key: organization.key(keyHash) };
  }

  /** How long a source must not send, and where it may: in which circuit it would be the trial. */
  function gate({ key, organization }: ReturnType<typeof circuitsOf>): {
    waitMs?: number;
    trialOf?: Circuit;
  } {
    const circuits = organization ? [key, organization, everybody] : [key, everybody];
    const tripped = circuits.filter(circuit => circuit.openUntil !== undefined);
    if (tripped.length === 0) return {};
    const waitMs = Math.max(...tripped.map(({ openUntil = 0 }) => openUntil - now()));
    if (waitMs > 0) return { waitMs };
    // One attempt at a time for each organization. A key that was held back alone tries alone.
    const trialOf = tripped.length === 1 && tripped[0] === key ? key : (organization ?? key);
    return trialOf.trying ? { waitMs: TRIAL_MS } : { trialOf };
  }

  function open(circuit: Circuit): void {
    circuit.openUntil = now() + OPEN_MS;
    log.opened(circuit.scope, circuit.name);
  }

  function close(circuit: Circuit | undefined): void {
    if (circuit?.openUntil === undefined) return;
    circuit.openUntil = undefined;
    circuit.tally.clear();
    log.closed(circuit.scope, circuit.name);
  }

  /** Counts where the circuit is closed: an attempt that began before it opened shows nothing new. */
  function count({ key, organization }: ReturnType<typeof circuitsOf>, failed: boolean): void {
    for (const circuit of organization ? [key, organization, everybody] : [key]) {
      if (circuit.openUntil === undefined) circuit.tally.add(failed, now());
    }
  }

  function openWhatFails({ key, organization }: ReturnType<typeof circuitsOf>): void {
    const fails = (circuit: Circuit) =>
      circuit.openUntil === undefined && circuit.tally.fails(now(), MIN_ATTEMPTS[circuit.scope]);
    if (
      organization &&
      fails(everybody) &&
      mostFail(organizations.values(), MIN_FAILING.organizations, now())
    )
      open(everybody);
    if (organization && fails(organization) && mostFail(organization.keys, MIN_FAILING.keys, now()))
      open(organization);
    if (fails(key)) open(key);
  }

  return {
    /** Everybody's circuit. Half open: attempts may try. It stays so until one succeeds, be it for a night. */
    get state(): BreakerState {
      if (everybody.openUntil === undefined) return 'closed';
      return everybody.openUntil > now() ? 'open' : 'half_open';
    },

    /** How many organizations are held back, and how many keys by themselves. */
    get held(): { organizations: number; keys: number } {
      const isHeld = ({ openUntil = 0 }: Circuit) => openUntil > now();
      const keys = [...organizations.values()].flatMap(organization => [...organization.keys]);
      return {
        organizations: [...organizations.values()].filter(isHeld).length,
        keys: [...keys, ...unknownKeys.values()].filter(isHeld).length,
      };
    },

    /** Milliseconds for which nothing of this source is sent; undefined when something may be. */
    notBeforeMs: (source: Source): number | undefined => gate(circuitsOf(source)).waitMs,

    /**
     * Makes an attempt; undefined when nothing is sent now. An attempt that throws, since its caller went away, decides
     * nothing and leaves a trial to the next one; so does one that was cut by a short deadline.
     */
    async through(source: Source, attempt: () => Promise<Attempt>): Promise<Attempt | undefined> {
      const circuits = circuitsOf(source);
      const { waitMs, trialOf } = gate(circuits);
      if (waitMs !== undefined) return undefined;
      if (trialOf) trialOf.trying = true;
      try {
        const result = await attempt();
        const failed = isFailing(result);
        if (failed === undefined) return result;
        if (trialOf && !failed) {
          close(circuits.key);
          close(circuits.organization);
          if (circuits.organization) close(everybody);
        }
        count(circuits, failed);
        // Only the key that tried waits again: another one may show that the organization is served.
        if (trialOf && failed) circuits.key.openUntil = now() + OPEN_MS;
        if (failed) openWhatFails(circuits);
        return result;
      } finally {
        if (trialOf) trialOf.trying = false;
      }
    },
  };
}

class Circuit {
  readonly scope: BreakerScope;
  readonly name: string;
  readonly tally = new Tally();
  /** On the breaker's clock; undefined while it is closed. In the past it is half open. */
  openUntil: number | undefined;
  /** Whether an attempt is trying. */
  trying = false;

  constructor(scope: BreakerScope, name: string) {
    this.scope = scope;
    this.name = name;
  }
}

class Organization extends Circuit {
  readonly #keys = new Map<string, Circuit>();

  constructor(bucket: string) {
    super('organization', bucket);
  }

  get keys(): Iterable<Circuit> {
    return this.#keys.values();
  }

  key(keyHash: string): Circuit {
    const known = this.#keys.get(keyHash) ?? new Circuit('key', keyHash);
    // Last in the map is used last.
    this.#keys.delete(keyHash);
    this.#keys.set(keyHash, known);
    const [oldest = ''] = this.#keys.keys();
    if (this.#keys.size > MAX_KEYS_OF_ORGANIZATION) this.#keys.delete(oldest);
    return known;
  }
}

/** What came of the attempts of the last moments, in two halves of the window. */
class Tally {
  #half = 0;
  #current = { attempts: 0, failed: 0 };
  #previous = { attempts: 0, failed: 0 };

  add(failed: boolean, now: number): void {
    this.#turn(now);
    this.#current.attempts++;
    if (failed) this.#current.failed++;
  }

  /** Whether there were `least` attempts and half of them failed; undefined when there were not so many. */
  fails(now: number, least: number): boolean | undefined {
    this.#turn(now);
    const attempts = this.#current.attempts + this.#previous.attempts;
    const failed = this.#current.failed + this.#previous.failed;
    return attempts < least ? undefined : failed * 2 >= attempts;
  }

  clear(): void {
    this.#current = { attempts: 0, failed: 0 };
    this.#previous = { attempts: 0, failed: 0 };
  }

  #turn(now: number): void {
    const half = Math.floor(now / (WINDOW_MS / 2));
    if (half === this.#half) return;
    this.#previous = half === this.#half + 1 ? this.#current : { attempts: 0, failed: 0 };
    this.#current = { attempts: 0, failed: 0 };
    this.#half = half;
  }
}

/** Whether more than half of those that sent something fail, and so many of them at least. */
function mostFail(circuits: Iterable<Circuit>, least: number, now: number): boolean {
  const verdicts = [...circuits].flatMap(({ tally }) => tally.fails(now, 1) ?? []);
  const failing = verdicts.filter(Boolean).length;
  return failing >= least && failing * 2 > verdicts.length;
}

/**
 * Undefined where an attempt says nothing of Partoo: it was cut before it had its whole time. Partoo's refusals, for its
 * rate limit among them, are signs of life.
 */
function isFailing(attempt: Attempt): boolean | undefined {
  if (attempt.kind === 'answered') return attempt.status >= 500 && !isTooMany(attempt);
  return attempt.cutShort ? undefined : true;
}
