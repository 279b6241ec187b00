import type * as z from 'zod';
import { CallError } from '../../core/call-error.ts';
import { isObject } from '../../core/is-object.ts';
import { mapStrings, parseJsonString } from '../../core/json-values.ts';
import { nearest } from '../../core/text/did-you-mean.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { copiedPart, withoutDelimiters } from '../../tools/untrusted-text/delimiters.ts';
import { withoutClientArguments } from './client-arguments.ts';
import { errorMap } from './error-map.ts';

type Values = Record<string, unknown>;

/**
 * Returns a tool's arguments, checked and converted. Throws `invalid_input` with every problem of the call at once: malformed
 * values, missing and unknown names, broken rules across arguments.
 */
export function parseArguments(tool: Tool, received: Values = {}): Values {
  const own = (values: Values) => withoutClientArguments(tool.name, values);
  const args = own(unwrapped(own(mapStrings(received, withoutDelimiters) as Values)));
  const problems = unknownNames(tool, args);
  const values: Values = {};
  for (const [name, schema] of Object.entries(tool.input) as [string, z.ZodType][]) {
    // In an update an empty text clears the field.
    const mayClear = tool.effect === 'replaces' && name !== 'idempotency_key';
    const parsed = read(schema, args[name], mayClear ? BLANKS : BLANKS_OR_EMPTY);
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

/** Values that models and their clients send for an argument they mean to leave out. */
const BLANKS = ['null', 'none', 'undefined'];
const BLANKS_OR_EMPTY = [...BLANKS, ''];

/** Parses a value. A rejected blank counts as left out where the argument is optional. */
function read(schema: z.ZodType, value: unknown, blanks: string[]) {
  const parsed = schema.safeParse(value ?? undefined, { error: errorMap });
  if (parsed.success || !isBlank(value, blanks)) return parsed;
  const leftOut = schema.safeParse(undefined);
  return leftOut.success ? leftOut : parsed;
}

/** A list of nothing but blanks, such as `["null"]`, is blank too. */
function isBlank(value: unknown, blanks: string[]): boolean {
  const items = parseJsonString(value);
  const values = Array.isArray(items) && items.length > 0 ? items.filter(item => item !== null) : [value];
  return values.every(each => typeof each === 'string' && blanks.includes(each.trim().toLowerCase()));
}

const WRAPPERS = ['arguments', 'args', 'params', 'parameters', 'input'];

/** Unwraps arguments that a model wrapped once more, under a name that no tool uses. */
function unwrapped(args: Values): Values {
  const [name = '', ...more] = Object.keys(args);
  if (more.length > 0 || !WRAPPERS.includes(name)) return args;
  const inner = parseJsonString(args[name]);
  return isObject(inner) ? inner : args;
}

/** Enough to correct a call; more would only fill the model's context window. */
const MAX_PROBLEMS = 20;
const MAX_PLACES = 10;
const MAX_PROBLEM_LENGTH = 1_000;

function firstOf(problems: string[]): string[] {
  const more = problems.length - MAX_PROBLEMS;
  const listed = problems
    .slice(0, MAX_PROBLEMS)
    .map(text => (text.length > MAX_PROBLEM_LENGTH ? `${text.slice(0, MAX_PROBLEM_LENGTH)}…` : text));
  return more > 0 ? [...listed, `and ${more} more`] : listed;
}

/** Describes the problems of one argument, each once with all its places. */
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

/** Finds pieces of a response that a model copied into an argument; they must not be published. */
function copiedInto(name: string, value: unknown): string[] {
  const found: string[] = [];
  mapStrings(value, text => {
    const why = copiedPart(text);
    if (why !== undefined) found.push(`${name}: ${why}`);
    return text;
  });
  return found;
}

function unknownNames(tool: Tool, args: Values): string[] {
  const known = Object.keys(tool.input);
  const unknown = Object.keys(args).filter(name => !known.includes(name));
  return unknown.map((name, index) => {
    // Only counted: firstOf lists no more than these.
    if (index >= MAX_PROBLEMS) return name;
    const short = name.slice(0, 100);
    const suggestions = guesses(short, known);
    const guess = suggestions.length === 0 ? '' : `; did you mean ${suggestions.join(' or ')}?`;
    // The first problem lists the known names for all.
    const names = index === 0 ? `${guess || '.'} ${tool.name} takes ${known.join(', ')}` : guess;
    return `${short}: is not an argument of ${tool.name}${names}`;
  });
}

/** Names of other tools and of responses, with what they can mean here. */
const SYNONYMS: Record<string, string> = {
  page: 'cursor',
  next_page: 'page',
  next_cursor: 'cursor',
  post_type: 'topic_type',
};

/** Shorter names are part of too many others. */
const MIN_PART_LENGTH = 4;

/** Returns the names that contain an unknown one, such as open_hours and specific_hours for hours, or else the nearest. */
function guesses(name: string, known: readonly string[]): string[] {
  const synonym = SYNONYMS[name];
  if (synonym !== undefined && known.includes(synonym)) return [synonym];
  const holding = name.length < MIN_PART_LENGTH ? [] : known.filter(each => each.includes(name));
  return holding.length > 0 ? holding : [nearest(name, known, 1 / 3) ?? []].flat();
}
