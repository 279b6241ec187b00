import type { Ledger } from './ledger.ts';
import type { Check, Scenario } from './suite.ts';

export type Result = 'passed' | 'excluded' | 'partly' | 'failed';

export interface JudgedScenario {
  name: string;
  result: Result;
  /** The checks that fail and are not in the ledger. */
  faults: string[];
  /** Why checks of it are excluded. */
  reasons: string[];
}

export interface Verdict {
  scenarios: JudgedScenario[];
  /** Ledger entries that excuse nothing any more, or that exclude a whole scenario of which a check passes. */
  stale: string[];
}

/** Compares the suite's findings with the ledger. */
export function judge(found: Scenario[], ledger: Ledger): Verdict {
  const used = new Set<string>();
  const tooWide = new Set<string>();
  const scenarios = found.map(({ name, checks }) => {
    const open: string[] = [];
    const reasons = new Set<string>();
    const unmet = checks.filter(notMet);
    // A scenario without a passed check proves nothing, so it must be in the ledger.
    if (unmet.length === 0 && !checks.some(showsSomething)) unmet.push(NOTHING_SHOWN);
    for (const check of unmet) {
      const entry = entryFor(name, check, ledger);
      if (entry === undefined) open.push(describe(check));
      else {
        used.add(entry);
        reasons.add(ledger[entry] as string);
      }
    }
    if (ledger[name] !== undefined && checks.some(showsSomething)) tooWide.add(name);
    const result = resultOf(open, reasons, ledger[name] !== undefined);
    return { name, result, faults: open, reasons: [...reasons] };
  });
  const stale = Object.keys(ledger).filter(entry => !used.has(entry) || tooWide.has(entry));
  return { scenarios, stale };
}

/** Warnings (a SHOULD) and skipped checks need a ledger entry too. */
const notMet = ({ status }: Check) => status !== 'SUCCESS' && status !== 'INFO';

/** The suite adds to every scenario checks that each message fits the schema of its era. */
const aboutSchema = ({ id }: Check) => id.startsWith('wire-schema-');

const showsSomething = (check: Check) => check.status === 'SUCCESS' && !aboutSchema(check);

const NOTHING_SHOWN: Check = { id: 'nothing-shown', status: 'SKIPPED', errorMessage: 'no check passed' };

/** An entry for a whole scenario does not excuse messages that fit no schema. */
function entryFor(scenario: string, check: Check, ledger: Ledger): string | undefined {
  const entries = [`${scenario}:${check.id}`, ...(aboutSchema(check) ? [] : [scenario])];
  return entries.find(entry => ledger[entry] !== undefined);
}

function resultOf(open: string[], reasons: Set<string>, whole: boolean): Result {
  if (open.length > 0) return 'failed';
  if (reasons.size === 0) return 'passed';
  return whole ? 'excluded' : 'partly';
}

const describe = ({ id, status, errorMessage }: Check) =>
  `${id} (${status})${errorMessage ? `: ${errorMessage}` : ''}`;
