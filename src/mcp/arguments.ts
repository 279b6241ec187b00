import leven from 'leven';
import type * as z from 'zod';
import { CallError } from '../partoo/errors.ts';
import type { Tool } from '../tools/define-tool.ts';

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
    const parsed = schema.safeParse(value);
    if (parsed.success && value !== undefined) values[name] = parsed.data;
    if (parsed.success) continue;
    values[name] = undefined;
    if (value === undefined) problems.push(`${name}: is required`);
    else problems.push(...parsed.error.issues.map(issue => describe(name, issue)));
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
  return Object.keys(given)
    .filter(name => !known.includes(name))
    .map(name => {
      const nearest = known.toSorted((a, b) => leven(name, a) - leven(name, b))[0];
      return `${name.slice(0, 100)}: is not an argument of ${tool.name}; did you mean ${nearest}? It takes ${known.join(', ')}`;
    });
}
