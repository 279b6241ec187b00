import type * as z from 'zod';
import { CallError } from '../partoo/errors.ts';
import type { Tool } from '../tools/define-tool.ts';
import { nearest } from './nearest.ts';
import { wording } from './wording.ts';

type Values = Record<string, unknown>;

/**
 * A tool's arguments, checked and converted. Throws `invalid_input` with every problem of the call at once:
 * malformed values, missing and unknown names, rules across arguments.
 */
export function parseArguments(tool: Tool, given: Values = {}): Values {
  const problems = unknownNames(tool, given);
  const values: Values = {};
  for (const [name, schema] of Object.entries(tool.input) as [string, z.ZodType][]) {
    // null is how models say "none".
    const value = Object.hasOwn(given, name) ? (given[name] ?? undefined) : undefined;
    const parsed = schema.safeParse(value, { error: wording });
    if (!parsed.success) problems.push(...parsed.error.issues.map(issue => describe(name, issue)));
    if (!parsed.success || value !== undefined) values[name] = parsed.data;
  }
  const { idempotency_key, ...own } = values;
  for (const { argument, message } of tool.check?.(own) ?? []) problems.push(`${argument}: ${message}`);
  if (problems.length > 0) {
    throw new CallError('invalid_input', 'the arguments are not right', { problems: shorten(problems) });
  }
  return values;
}

/** Enough to mend a call; hundreds of the same would only fill a model's window. */
const MAX_PROBLEMS = 20;

function shorten(problems: string[]): string[] {
  const more = problems.length - MAX_PROBLEMS;
  return more > 0 ? [...problems.slice(0, MAX_PROBLEMS), `and ${more} more`] : problems;
}

function describe(name: string, { path, message }: z.core.$ZodIssue): string {
  const place = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${name}${place}: ${message}`;
}

function unknownNames(tool: Tool, given: Values): string[] {
  const known = Object.keys(tool.input);
  const unknown = Object.keys(given).filter(name => !known.includes(name));
  if (unknown.length === 0) return [];
  const problems = unknown.slice(0, MAX_PROBLEMS).map(name => {
    const short = name.slice(0, 100);
    const meant = nearest(short, known, 1 / 2);
    return `${short}: is not an argument of ${tool.name}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
  });
  return [`${tool.name} takes ${known.join(', ')}`, ...problems];
}
