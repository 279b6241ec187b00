import { createState, type State } from '../../../src/partoo-emulator/data/state.ts';
import { hasAccess, userOfKey } from '../../../src/partoo-emulator/model/keys.ts';
import { createRandom, type Random } from '../../../src/partoo-emulator/model/seeded-random.ts';
import { type Intent, type Reach, STAGES } from './intent.ts';
import { planRead } from './reads.ts';
import { respell } from './spellings.ts';
import { planWrite } from './writes.ts';

/** Half of the calls per organization, of which one has a single key. */
const KEYS = ['demo-admin', 'demo-colleague', 'demo-manager', 'demo-other', 'demo-other', 'demo-other'];
const WRITES = 0.3;
const TWICE = 0.1;
const HANG_UPS = 0.08;
const COME_BACK = 0.7;

/** Plans the whole run in advance, so that the order of responses changes nothing about the calls. */
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

/** Contains letters with two Unicode spellings, and a line break. */
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
