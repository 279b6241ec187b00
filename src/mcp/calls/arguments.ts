import type * as z from 'zod';
import { CallError } from '../../core/call-error.ts';
import { nearest } from '../../core/did-you-mean.ts';
import { isObject } from '../../core/is-object.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { mapStrings, parseJsonString } from '../../tools/fields/json-values.ts';
import { copiedPart, withoutDelimiters } from '../../tools/untrusted-text/delimiters.ts';
import { withoutClientArguments } from './client-arguments.ts';
import { wording } from './error-map.ts';

type Values = Record<string, unknown>;

/**
 * A tool's arguments, checked and converted. Throws `invalid_input` with every problem of the call at once:
 * malformed values, missing and unknown names, rules across arguments.
 */
export function parseArguments(tool: Tool, received: Values = {}): Values {
  const own = (values: Values) => withoutClientArguments(tool.name, values);
  const given = own(unwrapped(own(mapStrings(received, withoutDelimiters) as Values)));
  const problems = unknownNames(tool, given);
  const values: Values = {};
  for (const [name, schema] of Object.entries(tool.input) as [string, z.ZodType][]) {
    // An empty text may mean to clear a field; no other argument can be cleared.
    const mayClear = tool.effect === 'replaces' && name !== 'idempotency_key';
    const parsed = read(schema, given[name], mayClear ? NOTHING : NOTHING_OR_EMPTY);
    problems.push(...describeAll(name, parsed.error?.issues ?? []));
    if (tool.effect !== 'reads') problems.push(...copiedInto(name, parsed.data));
    if (!parsed.success || parsed.data !== undefined) values[name] = parsed.data;
  }
  const { idempotency_key, ...checked } = values;
  for (const { argument, message } of tool.check?.(checked) ?? []) problems.push(`${argument}: ${message}`);
  if (problems.length > 0) {
    throw new CallError('invalid_input', 'the arguments are not right', { problems: firstOf(problems) });
  }
  return values;
}

/** What models, and the programs around them, write for an argument that they leave out. */
const NOTHING = ['null', 'none', 'undefined'];
const NOTHING_OR_EMPTY = [...NOTHING, ''];

/** Reads a value. One that is refused and says nothing is left out, where that may be. */
function read(schema: z.ZodType, value: unknown, nothing: string[]) {
  const parsed = schema.safeParse(value ?? undefined, { error: wording });
  if (parsed.success || !saysNothing(value, nothing)) return parsed;
  const leftOut = schema.safeParse(undefined);
  return leftOut.success ? leftOut : parsed;
}

/** A text that says nothing, or a list of nothing else: `["null"]`. */
function saysNothing(value: unknown, nothing: string[]): boolean {
  const inner = parseJsonString(value);
  if (Array.isArray(inner))
    return inner.length > 0 && inner.every(item => item === null || isNothing(item, nothing));
  return isNothing(value, nothing);
}

const isNothing = (value: unknown, nothing: string[]) =>
  typeof value === 'string' && nothing.includes(value.trim().toLowerCase());

const WRAPPERS = ['arguments', 'args', 'params', 'parameters', 'input'];

/** The arguments, out of the envelope of a call that a model put them in once more. No tool has such an argument. */
function unwrapped(given: Values): Values {
  const [name = '', ...more] = Object.keys(given);
  if (more.length > 0 || !WRAPPERS.includes(name)) return given;
  const inner = parseJsonString(given[name]);
  return isObject(inner) ? inner : given;
}

/** Enough to mend a call; hundreds of the same would only fill a model's window. */
const MAX_PROBLEMS = 20;
const MAX_PLACES = 10;
const MAX_PROBLEM_LENGTH = 1_000;

const atMost = (problem: string) =>
  problem.length > MAX_PROBLEM_LENGTH ? `${problem.slice(0, MAX_PROBLEM_LENGTH)}…` : problem;

function firstOf(problems: string[]): string[] {
  const more = problems.length - MAX_PROBLEMS;
  const told = problems.slice(0, MAX_PROBLEMS).map(atMost);
  return more > 0 ? [...told, `and ${more} more`] : told;
}

/** The problems of an argument. The same one in several places is told once. */
function describeAll(name: string, issues: z.core.$ZodIssue[]): string[] {
  const places = Map.groupBy(issues, ({ message }) => message);
  return [...places].map(([message, at]) => {
    const more = at.length - MAX_PLACES;
    const named = at.slice(0, MAX_PLACES).map(({ path }) => placeOf(name, path));
    return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${message}`;
  });
}

const placeOf = (name: string, path: PropertyKey[]) =>
  name + path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');

/** What was copied out of an answer must not be published. */
function copiedInto(name: string, value: unknown): string[] {
  const found: string[] = [];
  mapStrings(value, text => {
    const why = copiedPart(text);
    if (why !== undefined) found.push(`${name}: ${why}`);
    return text;
  });
  return found;
}

function unknownNames(tool: Tool, given: Values): string[] {
  const known = Object.keys(tool.input);
  const unknown = Object.keys(given).filter(name => !known.includes(name));
  return unknown.map((name, index) => {
    // Counted, and not told.
    if (index >= MAX_PROBLEMS) return name;
    const short = name.slice(0, 100);
    const meant = guesses(short, known);
    const guess = meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`;
    // Told once: it is the same for each.
    const names = index === 0 ? `${guess || '.'} ${tool.name} takes ${known.join(', ')}` : guess;
    return `${short}: is not an argument of ${tool.name}${names}`;
  });
}

/** What other tools, or answers, call it. */
const ELSEWHERE: Record<string, string> = {
  page: 'cursor',
  next_page: 'page',
  next_cursor: 'cursor',
  post_type: 'topic_type',
};

/** Short names are in too many others to mean one of them. */
const TELLING = 4;

/** The names that hold the given one, such as open_hours and specific_hours for hours; or else the nearest. */
function guesses(name: string, known: readonly string[]): string[] {
  const elsewhere = ELSEWHERE[name];
  if (elsewhere !== undefined && known.includes(elsewhere)) return [elsewhere];
  const holding = name.length < TELLING ? [] : known.filter(each => each.includes(name));
  return holding.length > 0 ? holding : [nearest(name, known, 1 / 3) ?? []].flat();
}
