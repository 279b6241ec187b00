import type { Probe } from '../asking/probe.ts';
import type { Verdict } from '../model/verdict.ts';

/** How well an assumption about Partoo is founded. GRADES explains them. */
type Grade = 'D' | 'O' | 'T' | 'I';

export const GRADES: Record<Grade, string> = {
  D: 'documented by Partoo today',
  O: "documented by Partoo in 2021, not visible in today's pages",
  T: 'undocumented: seen in working third-party code',
  I: 'undocumented: inferred from a sibling or from the naming',
};

/** A file of this repository and a text in it, `src/partoo/api/reviews/reviews.ts#state__in`. */
export type CodePlace = `src/${string}.ts#${string}`;

/** Something that this server's code takes for granted about Partoo. */
export interface Belief {
  /** `<area>.<what>`; the area is what `--only` takes. */
  id: string;
  says: string;
  grade: Grade;
  /** The code that would be wrong if the belief is. */
  code: CodePlace;
  check: Check;
  /** Sends writes, so it is checked only with `--write`. */
  writes?: true;
}

export type Check = (probe: Probe) => Promise<Verdict>;

export const areaOf = ({ id }: Belief) => id.split('.', 1)[0] ?? id;
