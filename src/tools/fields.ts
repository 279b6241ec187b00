import * as z from 'zod';
import { parseDate, parseLocalDateTime, parseUtcDateTime } from './dates.ts';

/**
 * The kinds of argument a tool can have. Each has two faces: what the tool list shows (`advertised`, plain
 * JSON Schema that every model vendor takes), and what the server accepts, which is wider, because models
 * send lists as strings and numbers as words.
 */

type JsonSchema = Record<string, unknown>;

const advertised = z.registry<JsonSchema>();

function field<Schema extends z.ZodType>(schema: Schema, json: JsonSchema): Schema {
  advertised.add(schema, json);
  return schema;
}

/** The JSON Schema of a tool's arguments, as the tool list shows it. */
export function inputSchema(shape: z.ZodRawShape): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(z.strictObject(shape), {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const shown = advertised.get(zodSchema);
      if (!shown) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, shown);
    },
  });
  return schema;
}

export interface TextOptions {
  max?: number;
  /** Where an empty text has a meaning: it clears a field. */
  mayBeEmpty?: boolean;
}

export function text(description: string, { max, mayBeEmpty = false }: TextOptions = {}) {
  let schema = z.string();
  if (!mayBeEmpty) schema = schema.min(1, { error: 'must not be empty' });
  if (max !== undefined) schema = schema.max(max);
  return field(z.preprocess(toText, schema), {
    type: 'string',
    ...(max !== undefined && { maxLength: max }),
    description,
  });
}

export function oneOf<const Value extends string>(values: readonly Value[], description: string) {
  return field(z.enum(values), { type: 'string', enum: [...values], description });
}

export interface RangeOptions {
  min?: number;
  max?: number;
}

export function integer(description: string, range: RangeOptions = {}) {
  return field(z.preprocess(toNumber, inRange(z.int(), range)), {
    type: 'integer',
    ...(range.min !== undefined && { minimum: range.min }),
    ...(range.max !== undefined && { maximum: range.max }),
    description,
  });
}

export function decimal(description: string, range: RangeOptions) {
  return field(z.preprocess(toNumber, inRange(z.number(), range)), { type: 'number', description });
}

export function flag(description: string) {
  return field(
    z.preprocess(value => {
      if (value === 'true') return true;
      return value === 'false' ? false : value;
    }, z.boolean()),
    { type: 'boolean', description },
  );
}

/** A list, shown as the comma-separated string that Partoo documents; a real or JSON-encoded array does as well. */
export function list<Item extends z.ZodType>(item: Item, description: string) {
  return field(z.preprocess(toList, z.array(item).min(1, { error: EMPTY_LIST })), {
    type: 'string',
    description: `${description} Comma-separated.`,
  });
}

/** A list of words from a known set, which the description names. */
export function listOf<const Value extends string>(values: readonly Value[], what: string) {
  return list(z.enum(values), `${what}: ${values.join(', ')}.`);
}

/** A list of texts. */
export const texts = (description: string) => list(anyText, description);

const anyText = z.preprocess(toText, z.string().min(1));

const EMPTY_LIST = 'an empty list matches nothing; leave the argument out for no filter';

/** A list of URLs. A comma may be part of a URL, so only one in front of the next `http` separates. */
export function urls(description: string) {
  const split = (value: unknown) => (typeof value === 'string' ? value.split(/,(?=\s*https?:)/i) : value);
  return field(
    z.preprocess(value => split(fromJson(value)), z.array(httpUrl()).min(1)),
    { type: 'string', description },
  );
}

export const httpUrl = () => z.string().trim().refine(isHttpUrl, { error: 'must be an http(s) URL' });

export function url(description: string) {
  return field(httpUrl(), { type: 'string', description });
}

/** Lists that are shown as what they are: real arrays. */
export function textArray(description: string) {
  return field(z.preprocess(toList, z.array(anyText)), arrayOf('string', description));
}

export function integerArray(description: string) {
  const integers = z.array(z.preprocess(toNumber, z.int()));
  return field(z.preprocess(toList, integers), arrayOf('integer', description));
}

const arrayOf = (type: string, description: string) => ({ type: 'array', items: { type }, description });

/**
 * An object or list of objects; its own JSON Schema is shown, so it is made of refinements, which are not, rather
 * than of patterns and formats, which some model vendors refuse. A JSON-encoded one does as well.
 */
export function structure<Schema extends z.ZodType>(schema: Schema, description: string) {
  const { $schema, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return field(
    z.preprocess(value => withoutNulls(fromJson(value)), schema),
    { ...json, description },
  );
}

/** A day, YYYY-MM-DD. */
export function date(description: string) {
  return field(day(), { type: 'string', description });
}

export const day = () => z.string().transform(parser(parseDate));

/**
 * A point in time, sent to Partoo as UTC without a zone. A bare day means its first second in a lower bound
 * (`from`) and its last in an upper one (`to`), so that "to 31 May" includes 31 May.
 */
export function utcDateTime(bound: 'from' | 'to', description: string) {
  return field(z.string().transform(parser(value => parseUtcDateTime(value, bound))), {
    type: 'string',
    description,
  });
}

/** A time on the business's own clock: an offset would contradict it and is refused. */
export function localDateTime(bound: 'from' | 'to', description: string) {
  return field(z.string().transform(parser(value => parseLocalDateTime(value, bound))), {
    type: 'string',
    description,
  });
}

/** Adapts a parser that answers the value or throws a RangeError saying what it expected. */
function parser<Value>(parse: (value: string) => Value) {
  return (value: string, context: z.RefinementCtx): Value => {
    try {
      return parse(value.trim());
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
      return z.NEVER;
    }
  };
}

function inRange(schema: z.ZodNumber, { min, max }: RangeOptions): z.ZodNumber {
  let ranged = schema;
  if (min !== undefined) ranged = ranged.min(min);
  if (max !== undefined) ranged = ranged.max(max);
  return ranged;
}

function isHttpUrl(value: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? '');
}

function toText(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : value;
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

function toList(value: unknown): unknown {
  const decoded = fromJson(value);
  if (typeof decoded === 'number') return [decoded];
  if (typeof decoded !== 'string') return decoded;
  return decoded
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}

/** null is how models say "none", inside objects too. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]));
}

/** Decodes text that is a JSON array or object; anything else stays as it is. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
