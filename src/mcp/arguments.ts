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
  for (const { argument, message } of tool.check?.(values) ?? []) problems.push(`${argument}: ${message}`);
  if (problems.length > 0) throw new CallError('invalid_input', 'the arguments are not right', { problems });
  return values;
}

function describe(name: string, { path, message }: z.core.$ZodIssue): string {
  const place = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${name}${place}: ${message}`;
}

function unknownNames(tool: Tool, given: Values): string[] {
  const known = Object.keys(tool.input);
  const unknown = Object.keys(given).filter(name => !known.includes(name));
  if (unknown.length === 0) return [];
  const problems = unknown.map(name => {
    const meant = nearest(name, known, 1 / 2);
    const guess = meant === undefined ? '' : `; did you mean ${meant}?`;
    return `${name.slice(0, 100)}: is not an argument of ${tool.name}${guess}`;
  });
  return [...problems, `${tool.name} takes ${known.join(', ')}`];
}
