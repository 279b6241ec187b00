import { parseArgs } from 'node:util';
import { createTransport } from '../partoo/client/transport.ts';
import { realSleep, type Sleep } from './asking/pace.ts';
import { Probe } from './asking/probe.ts';
import { BELIEFS } from './beliefs/index.ts';
import { areaOf, type Belief } from './checks/belief.ts';
import { checkBeliefs, type Finding } from './checks/check-beliefs.ts';
import { placeOf } from './report/code-place.ts';
import { LEGEND, lineOf, summaryOf, totalsOf } from './report/text.ts';

const AREAS = [...new Set(BELIEFS.map(areaOf))];
const PER_MINUTE = 60;
/** Leaves most of Partoo's 300 to the server that people use meanwhile. */
const MAX_PER_MINUTE = 120;

export const USAGE = `Asks Partoo, slowly, whether it is as this server assumes. Reads only, unless --write is given.
  --only <areas>      ${AREAS.join(', ')}
  --json              for a bug report
  --per-minute <n>    requests per minute, ${PER_MINUTE} unless given, ${MAX_PER_MINUTE} at most
  --write --business <id or c-code>   also sets fields of this business, and the state of a review, to the values that they have,
                      and has Partoo suggest a reply to this review
The key is PARTOO_API_KEY, Partoo is PARTOO_ENV or PARTOO_BASE_URL, as for the server. The output has no key, id, name or text of
anybody. Exit code: 0 nothing is contradicted, 1 something is, 2 it could not run.`;

const OPTIONS = {
  only: { type: 'string' },
  json: { type: 'boolean' },
  'per-minute': { type: 'string' },
  write: { type: 'boolean' },
  business: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface DoctorOptions {
  /** With its `/v2`. */
  baseUrl: string;
  key: string;
  version: string;
  print(line: string): void;
  /** Default: real time. */
  sleep?: Sleep;
  /** Overrides --per-minute. */
  perMinute?: number;
}

export interface Wanted {
  beliefs: Belief[];
  json: boolean;
  perMinute: number;
  writeTo: string | undefined;
}

/** Returns what the arguments ask for; undefined for help. Throws an Error whose message is one sentence. */
export function readArguments(args: string[]): Wanted | undefined {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return undefined;
  const {
    only,
    json = false,
    write = false,
    business,
    'per-minute': perMinute = String(PER_MINUTE),
  } = values;
  const areas = only?.split(',').map(area => area.trim());
  const unknown = areas?.find(area => !AREAS.includes(area));
  if (unknown !== undefined)
    throw new Error(`There is no area "${unknown}": the areas are ${AREAS.join(', ')}.`);
  if (write !== (business !== undefined))
    throw new Error('--write and --business <id or c-code> go together.');
  const rate = Number(perMinute);
  if (!(rate >= 1 && rate <= MAX_PER_MINUTE)) throw new Error(`--per-minute is 1 to ${MAX_PER_MINUTE}.`);
  const beliefs = BELIEFS.filter(belief => areas?.includes(areaOf(belief)) ?? true);
  return { beliefs, json, perMinute: rate, writeTo: business };
}

/** Runs the command, and returns its exit code. */
export async function runDoctor(wanted: Wanted, options: DoctorOptions): Promise<0 | 1 | 2> {
  const { baseUrl, key, version, print, sleep = realSleep, perMinute = wanted.perMinute } = options;
  const transport = createTransport({ baseUrl, userAgent: `partoo-mcp/${version} doctor` });
  const probe = new Probe({ transport, key, perMinute, sleep, writeTo: wanted.writeTo });
  try {
    const problem = await problemWith(probe);
    if (problem !== undefined) {
      print(problem);
      return 2;
    }
    if (!wanted.json) print(`${LEGEND}\n`);
    const onFinding = (finding: Finding) => wanted.json || print(lineOf(finding));
    const findings = await checkBeliefs(wanted.beliefs, probe, onFinding);
    if (wanted.json) print(JSON.stringify(reportOf(findings, version, probe.sent), null, 2));
    else print(`\n${summaryOf(findings)}; ${probe.sent} requests.`);
    const totals = totalsOf(findings);
    if (totals.contradicted > 0) return 1;
    return totals.confirmed > 0 ? 0 : 2;
  } finally {
    await transport.close();
  }
}

/** Returns why nothing can be learned with this key, or undefined. */
async function problemWith(probe: Probe): Promise<string | undefined> {
  try {
    const { status } = await probe.askAny(partoo => partoo.me());
    return status === 401 ? 'Partoo does not accept the key (401).' : undefined;
  } catch (error) {
    return `Partoo cannot be asked: ${(error as Error).message}.`;
  }
}

const reportOf = (findings: Finding[], version: string, requests: number) => ({
  version,
  requests,
  totals: totalsOf(findings),
  beliefs: findings.map(({ belief: { id, says, grade, code }, verdict }) => ({
    id,
    says,
    grade,
    code: placeOf(code),
    ...verdict,
  })),
});
