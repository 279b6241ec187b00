import * as z from 'zod';
import type { WriteTarget } from '../../idempotency/write-journal.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { PartooRequest } from '../../partoo/requests/request.ts';
import { text } from '../fields/index.ts';
import { type View, viewInput } from '../outputs/view.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { UiResource } from './ui-resources.ts';

// CONTRIBUTING.md has the steps for a new tool.

/**
 * The effect of a call on Partoo's data. Clients see it as the tool's hints.
 * - `reads`: changes nothing.
 * - `adds`: creates something with each call, often in public.
 * - `replaces`: sets values, so that a second equal call changes nothing more.
 * - `deletes`: removes something for good.
 */
export type Effect = 'reads' | 'adds' | 'replaces' | 'deletes';

interface ToolContext {
  /** Sends requests with the caller's key. Throws CallError. */
  partoo: Partoo;
}

export interface JobContext extends ToolContext {
  /**
   * Makes one write of another tool, with all that its own call has: it is recorded as the caller's, ordered with other writes
   * of the same thing, retried where that is safe. Returns that tool's result. Throws CallError.
   */
  write(tool: WriteTool, args: Values): Promise<Values>;
  /** Milliseconds until the call must respond. */
  timeLeftMs(): number;
  /** Tells a client that requested progress how far the job is. */
  progress(message: string): void;
}

/** A problem with arguments that are each well-formed, such as two dates in the wrong order. */
export interface Problem {
  argument: string;
  message: string;
}

type Shape = z.ZodRawShape;
type Args<Input extends Shape> = z.output<z.ZodObject<Input>>;
type Values = Record<string, unknown>;

interface Definition<Input extends Shape, Output extends z.ZodObject> {
  /** The name of its file, with underscores for dashes. */
  name: string;
  title: string;
  /** For the model: when to use this tool and not a similar one, and what it returns. */
  description: string;
  effect: Effect;
  /**
   * Not in the default list: a connection asks for it by its toolset, by its name or with `all`. One that deletes needs its
   * own name or `all`.
   */
  optional?: true;
  /** The view that hosts of MCP Apps show for the result. It costs the model nothing. */
  uiResource?: UiResource;
  /** For the instructions: "search_reviews returns …". */
  returnsIds?: string;
  /** The arguments, built from fields/. */
  input: Input;
  /**
   * Rules across arguments. Runs even when some are malformed, and sees those as undefined, so that a response lists every
   * problem of a call at once.
   */
  check?(args: Partial<Args<Input>>): Problem[];
  /** What the tool returns, built from outputs/. */
  output: Output;
}

/** Tools never catch: mcp/calls/call-tool.ts turns what they throw into a response. */
interface ReadDefinition<Input extends Shape, Output extends z.ZodObject> extends Definition<Input, Output> {
  effect: 'reads';
  /** Required for a list, and for an object that can be shown in part. */
  view?: View;
  /** Returns what `output` reads. */
  run(args: Args<Input>, context: ToolContext): Promise<unknown>;
}

interface WriteDefinition<Input extends Shape, Output extends z.ZodObject, PartooResponse>
  extends Definition<Input, Output> {
  effect: Exclude<Effect, 'reads'>;
  /** For the instructions, with a verb first: "update_business …". */
  consequence: string;
  /** Adds defaults that depend on the clock, or drops what has passed. */
  withDefaults?(args: Args<Input>, now: Date): Args<Input>;
  /** The request to Partoo. Pure, because it also decides whether two calls are the same write. */
  request(args: Args<Input>): PartooRequest<PartooResponse>;
  /** Returns what `output` reads, given a response that confirmed the write. `given`: the arguments without defaults. */
  result(response: PartooResponse, args: Args<Input>, given: Args<Input>): unknown;
  /** For the model: how to find out whether the write happened when Partoo did not confirm it. */
  recoveryHint: string;
  /** Required for a tool that replaces: what it changes. */
  target?(args: Args<Input>): WriteTarget;
  /** Requires an endpoint of Partoo that shows the write. */
  verification?: WriteVerification<Args<Input>>;
}

/**
 * Makes several writes in one call. Each run finds out by itself what is left to do, so that a run that was interrupted is
 * continued by the same call.
 */
interface JobDefinition<Input extends Shape, Output extends z.ZodObject> extends Definition<Input, Output> {
  effect: 'replaces';
  consequence: string;
  view?: View;
  /** Returns what `output` reads. Reports failed writes in it, and throws only if there is nothing to report. */
  job(args: Args<Input>, context: JobContext): Promise<unknown>;
}

/** Finds out whether a write happened when its response was lost. */
interface WriteVerification<WriteArgs> {
  /** Required for a tool that adds: writes that `find` could mistake for one another have the same scope. */
  scope?(args: WriteArgs): string;
  /** Required for a tool that adds: the ids of what it created, given what `result` or `find` returns. No other write can claim them. */
  createdIds?(result: Values): unknown[];
  /**
   * Returns what `result` would have returned if the write certainly happened: every field that the read shows must be as it was
   * requested. Otherwise returns undefined. Reads only; may throw.
   */
  find(args: WriteArgs, context: VerificationContext): Promise<Values | undefined>;
}

export interface VerificationContext extends ToolContext {
  /** Whether a time in a Partoo response is not before the write was sent. */
  isNew(date: unknown): boolean;
  /** Whether a user id, where there is one, is that of the key's user. */
  isOwn(userId: unknown): boolean;
  /** Whether another write of the organization created the thing with this id. */
  isClaimed(id: unknown): boolean;
}

export type Tool = ReadTool | WriteTool | JobTool;

/** A tool without the types of its arguments. */
interface ReadTool extends Definition<Shape, z.ZodObject> {
  effect: 'reads';
  view?: View;
  run(args: Values, context: ToolContext): Promise<unknown>;
  write?: undefined;
  job?: undefined;
}

interface JobTool extends Definition<Shape, z.ZodObject> {
  effect: 'replaces';
  consequence: string;
  view?: View;
  job(args: Values, context: JobContext): Promise<unknown>;
  write?: undefined;
}

export interface WriteTool extends Definition<Shape, z.ZodObject> {
  effect: Exclude<Effect, 'reads'>;
  consequence: string;
  view?: undefined;
  job?: undefined;
  run(args: Values, context: ToolContext): Promise<unknown>;
  write: Pick<AnyWriteDefinition, 'recoveryHint' | 'target' | 'verification'> & {
    /** Equal for calls that are the same write. */
    canonicalRequest(args: Values): string;
  };
}

type AnyWriteDefinition = WriteDefinition<Shape, z.ZodObject, unknown>;

/** Arguments and output that every write tool has besides its own. */
const WRITE_INPUT = {
  idempotency_key: text('A new value repeats the same write.', { max: 200 })
    .refine(key => key.toLowerCase() !== 'none', {
      error: 'must be a string; leave the argument out for none',
    })
    .optional(),
};
const WRITE_OUTPUT = {
  /** Ignored in what Partoo returns: only write-once.ts sets it. */
  repeated: z
    .preprocess(() => undefined, z.boolean().optional())
    .optional()
    .describe('true: outcome of an earlier call, nothing was sent again'),
};

export function defineTool<Input extends Shape, Output extends z.ZodObject>(
  tool: ReadDefinition<Input, Output>,
): Tool;
export function defineTool<Input extends Shape, Output extends z.ZodObject>(
  tool: JobDefinition<Input, Output>,
): Tool;
export function defineTool<Input extends Shape, Output extends z.ZodObject, PartooResponse>(
  tool: WriteDefinition<Input, Output, PartooResponse>,
): WriteTool;
/** Safe without the types: a tool only gets arguments that its own `input` has parsed. */
export function defineTool(tool: unknown): Tool {
  const defined = tool as ReadDefinition<Shape, z.ZodObject> | JobTool | AnyWriteDefinition;
  if ('request' in defined) return toWriteTool(defined);
  return defined.view ? { ...defined, input: { ...defined.input, ...viewInput(defined.view) } } : defined;
}

function toWriteTool(tool: AnyWriteDefinition): WriteTool {
  const { request, result, withDefaults, recoveryHint, target, verification, ...common } = tool;
  return {
    ...common,
    input: { ...common.input, ...WRITE_INPUT },
    output: common.output.extend(WRITE_OUTPUT),
    async run(given, { partoo }) {
      const args = withDefaults?.(given, new Date()) ?? given;
      return result(await partoo.write(request(args)), args, given);
    },
    write: {
      recoveryHint,
      target,
      verification,
      // At a fixed time: a default that depends on the clock must not make two calls different writes.
      canonicalRequest: args => canonicalRequest(request(withDefaults?.(args, new Date(0)) ?? args)),
    },
  };
}
