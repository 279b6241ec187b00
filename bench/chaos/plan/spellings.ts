import type { Random } from '../../../src/partoo-emulator/model/seeded-random.ts';
import type { Call, Codes } from './intent.ts';

type Args = Call['args'];
type Respell = (args: Args) => Args;

const SPELLINGS = 3;

const reversed = (list: unknown) => String(list).split(',').toReversed();
const text = (change: (text: string) => string): Respell => mapped(change, ['content', 'summary', 'text']);

/** Each changes the spelling of a call but not its meaning. */
const ways = (codes: Codes): Respell[] => [
  text(content => content.normalize('NFD')),
  text(content => content.replaceAll('\n', '\r\n')),
  text(content => ` ${content}\n`),
  mapped(reversed, ['business__in', 'publishers']),
  mapped(String, ['conversation_id', 'review_id', 'positive', 'neutral', 'negative']),
  mapped(id => (codes.has(String(id)) ? `c-${codes.get(String(id))}` : id), ['business_id']),
  args => ('summary' in args && !('is_draft' in args) ? { ...args, is_draft: false } : args),
  args => ('summary' in args ? { ...args, cta_type: 'no_cta' } : args),
];

/** The same arguments in other spellings, each a mixture of some ways. */
export function respell(args: Args, codes: Codes, random: Random): Args[] {
  return Array.from({ length: SPELLINGS }, () =>
    ways(codes)
      .filter(() => random.chance(0.5))
      .reduce((spelled, way) => way(spelled), args),
  );
}

function mapped<Value>(change: (value: Value & string) => unknown, names: readonly string[]): Respell {
  return args =>
    Object.fromEntries(
      Object.entries(args).map(([name, value]) => [
        name,
        names.includes(name) ? change(value as Value & string) : value,
      ]),
    );
}
