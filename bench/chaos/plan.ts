import { createState, type State } from '../../src/partoo-emulator/data/state.ts';
import { hasAccess, userOfKey } from '../../src/partoo-emulator/model/keys.ts';
import { createRandom, type Random } from '../../src/partoo-emulator/model/seeded-random.ts';
import { type HangUp, STAGES } from './hang-up.ts';
import { planRead } from './reads.ts';
import { type Codes, respell } from './spellings.ts';
import { planWrite } from './writes.ts';

export interface Call {
  key: string;
  tool: string;
  args: Record<string, unknown>;
}

/** One thing a caller wants done; it takes as many calls as it takes. */
export interface Intent extends Call {
  number: number;
  effect: 'reads' | 'adds' | 'replaces';
  /** Asked at two servers at once, as by a client that gave up waiting too early. */
  twice: boolean;
  /** Present where the caller hangs up on its first call. */
  hangUp?: HangUp;
  /** The arguments in other spellings, for when it is asked for again. */
  spellings: readonly Call['args'][];
}

/** What one key can reach at the upstream, and so can be asked for with it. */
export interface Reach {
  key: string;
  isAdmin: boolean;
  businesses: string[];
  codes: Codes;
  conversations: number[];
  /** Reviews without a reply. Shared by the keys that reach one, since each can be replied to once. */
  takeReview(): number | undefined;
}

/** Half of the calls for each of the two organizations, one of which has a single key. */
const KEYS = ['demo-admin', 'demo-colleague', 'demo-manager', 'demo-other', 'demo-other', 'demo-other'];
const WRITES = 0.3;
const TWICE = 0.1;
const HANG_UPS = 0.08;
const COME_BACK = 0.7;

/**
 * The whole run, made before it begins: the order in which answers come changes nothing about what is asked.
 */
export function makePlan(seed: number, calls: number, now: Date): Intent[] {
  const random = createRandom(seed);
  const keys = reachOf(createState(now), random);
  return Array.from({ length: calls }, (_, index) => {
    const reach = random.pick(keys);
    const number = index + 1;
    const hangUp = random.chance(HANG_UPS)
      ? { stage: random.pick(STAGES), comesBack: random.chance(COME_BACK) }
      : undefined;
    if (!random.chance(WRITES)) {
      return { number, twice: false, hangUp, effect: 'reads', spellings: [], ...planRead(random, reach) };
    }
    const write = planWrite(random, reach, contentOf(number));
    const spellings = respell(write.args, reach.codes, random);
    return { number, twice: random.chance(TWICE), hangUp, spellings, ...write };
  });
}

/** Letters that Unicode spells in two ways, and the end of a line. */
const contentOf = (number: number) => `chaos ${number}, réservé à\nl’été`;

export const planReads = (seed: number, calls: number, now: Date): Intent[] =>
  makePlan(seed, calls * 2, now)
    .filter(({ effect }) => effect === 'reads')
    .slice(0, calls);

function reachOf({ businesses, conversations, reviews }: State, random: Random): Reach[] {
  const unanswered = reviews
    .filter(({ state, comments }) => state === 'not_treated' && !comments)
    .map(review => ({ review, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ review }) => review);

  return KEYS.map(key => {
    const user = userOfKey(key);
    if (!user) throw new Error(`the emulator does not know ${key}`);
    const reached = new Set(businesses.filter(business => hasAccess(user, business)).map(({ id }) => id));
    return {
      key,
      isAdmin: user.role === 'ORG_ADMIN',
      businesses: [...reached],
      codes: new Map(businesses.map(({ id, code }) => [id, code])),
      conversations: conversations.filter(({ business }) => reached.has(business.id)).map(({ id }) => id),
      takeReview() {
        const index = unanswered.findIndex(({ business_id }) => reached.has(business_id));
        return index === -1 ? undefined : unanswered.splice(index, 1)[0]?.id;
      },
    };
  });
}
