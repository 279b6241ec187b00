import type { Exclusions } from './exclusions.ts';
import type { Check, Scenario } from './suite.ts';

export type Result = 'passed' | 'excluded' | 'partly' | 'failed';

export interface JudgedScenario {
  name: string;
  result: Result;
  /** The checks that fail and are not excluded. */
  faults: string[];
  /** Why checks of it are excluded. */
  reasons: string[];
}

export interface Verdict {
  scenarios: JudgedScenario[];
  /** Exclusions that match no failed check, or that cover a whole scenario although one of its checks passes. */
  stale: string[];
}

/** Compares the suite's findings with the exclusions. */
export function judge(found: Scenario[], exclusions: Exclusions): Verdict {
  const used = new Set<string>();
  const tooWide = new Set<string>();
  const scenarios = found.map(({ name, checks }) => {
    const open: string[] = [];
    const reasons = new Set<string>();
    const unmet = checks.filter(notMet);
    // A scenario without a passed check proves nothing, so it must be excluded.
    if (unmet.length === 0 && !checks.some(showsSomething)) unmet.push(NOTHING_SHOWN);
    for (const check of unmet) {
      const entry = entryFor(name, check, exclusions);
      if (entry === undefined) open.push(describe(check));
      else {
        used.add(entry);
        reasons.add(exclusions[entry] as string);
      }
    }
    if (exclusions[name] !== undefined && checks.some(showsSomething)) tooWide.add(name);
    const result = resultOf(open, reasons, exclusions[name] !== undefined);
    return { name, result, faults: open, reasons: [...reasons] };
  });
  const stale = Object.keys(exclusions).filter(entry => !used.has(entry) || tooWide.has(entry));
  return { scenarios, stale };
}

/** Warnings (a SHOULD) and skipped checks need an exclusion too. */
const notMet = ({ status }: Check) => status !== 'SUCCESS' && status !== 'INFO';

/** The suite adds to every scenario checks that each message fits the schema of its era. */
const aboutSchema = ({ id }: Check) => id.startsWith('wire-schema-');

const showsSomething = (check: Check) => check.status === 'SUCCESS' && !aboutSchema(check);

const NOTHING_SHOWN: Check = { id: 'nothing-shown', status: 'SKIPPED', errorMessage: 'no check passed' };

/** The exclusion of a whole scenario does not cover messages that fit no schema. */
function entryFor(scenario: string, check: Check, exclusions: Exclusions): string | undefined {
  const entries = [`${scenario}:${check.id}`, ...(aboutSchema(check) ? [] : [scenario])];
  return entries.find(entry => exclusions[entry] !== undefined);
}

function resultOf(open: string[], reasons: Set<string>, whole: boolean): Result {
  if (open.length > 0) return 'failed';
  if (reasons.size === 0) return 'passed';
  return whole ? 'excluded' : 'partly';
}

const describe = ({ id, status, errorMessage }: Check) =>
  `${id} (${status})${errorMessage ? `: ${errorMessage}` : ''}`;
