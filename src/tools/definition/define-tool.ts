import * as z from 'zod';
import type { WriteTarget } from '../../idempotency/write-journal.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { PartooRequest } from '../../partoo/requests/request.ts';
import { text } from '../fields/index.ts';
import { type View, viewInput } from '../outputs/view.ts';
import { fingerprint } from './canonical-request.ts';

/**
 * What a tool does to Partoo, which is what its hints tell a client:
 * `reads` nothing changes · `adds` something new, often public, once per call · `replaces` values with others.
 */
export type Effect = 'reads' | 'adds' | 'replaces';

export interface ToolContext {
  /** Partoo, as this caller and for this call. */
  partoo: Partoo;
}

export interface LookContext extends ToolContext {
  /** Whether a time that Partoo tells is not before the write was sent. */
  isNew(date: unknown): boolean;
  /** Whether the user, where one is told, is the one whose key wrote. */
  isBy(userId: unknown): boolean;
  /** Whether an id is of something that another write of the organization made. */
  isClaimed(id: unknown): boolean;
}

type Shape = z.ZodRawShape;
type Args<Input extends Shape> = z.output<z.ZodObject<Input>>;

/** A problem with arguments that are each well-formed, such as two dates in the wrong order. */
export interface Problem {
  argument: string;
  message: string;
}

interface Definition<Input extends Shape, Output extends z.ZodObject> {
  name: string;
  title: string;
  /** For the model: when to use it, and not its sibling; what comes back. */
  description: string;
  effect: Effect;
  /** The arguments, made of fields.ts. */
  input: Input;
  /**
   * Rules across arguments. Runs even when some are malformed, so that a call's every problem can be
   * told at once; those are there with the value undefined.
   */
  check?(args: Partial<Args<Input>>): Problem[];
  output: Output;
}

export interface ReadDefinition<Input extends Shape, Output extends z.ZodObject>
  extends Definition<Input, Output> {
  effect: 'reads';
  /** Needed of a list, and of whatever can be shown in part. */
  view?: View;
  /** Answers what `output` reads. Throws CallError through; catches nothing. */
  run(args: Args<Input>, context: ToolContext): Promise<unknown>;
}

export interface WriteDefinition<Input extends Shape, Output extends z.ZodObject, Answer>
  extends Definition<Input, Output> {
  effect: Exclude<Effect, 'reads'>;
  /** Fills in defaults that depend on the clock. */
  withDefaults?(args: Args<Input>, now: Date): Args<Input>;
  /** The write as Partoo takes it. Pure: what is sent, and what makes it the same as another write, is made by this. */
  request(args: Args<Input>): PartooRequest<Answer>;
  /** Returns what `output` reads, of an answer that confirmed the write. */
  result(answer: Answer, args: Args<Input>): unknown;
  /** How a model finds out whether it happened when Partoo did not confirm it. */
  recoveryHint: string;
  /** Needed of a tool that replaces: what it changes. */
  target?(args: Args<Input>): WriteTarget;
  /** Looks for a write whose answer was lost, where Partoo has a read that shows it. */
  lookUp?: LookUp<Args<Input>>;
}

export interface LookUp<Values> {
  /** What `find` goes by: of writes with another likeness it finds none. */
  likeness(args: Values): string;
  /** The ids in what `result` or `find` returns: no look-up finds them for another write. */
  ids(result: Record<string, unknown>): unknown[];
  /**
   * Returns what `result` would have if the write is seen to have happened, and undefined if that is not certain: every
   * field that the read returns must be as it was asked for. May throw; never writes.
   */
  find(args: Values, context: LookContext): Promise<Record<string, unknown> | undefined>;
}

type Values = Record<string, unknown>;

/** A tool whose argument types are no longer of interest: what the catalogue holds. */
export interface Tool extends Definition<Shape, z.ZodObject> {
  view?: View;
  run(args: Values, context: ToolContext): Promise<unknown>;
  /** Absent: it reads. */
  write?: Pick<WriteDefinition<Shape, z.ZodObject, unknown>, 'recoveryHint' | 'target' | 'lookUp'> & {
    /** The same for writes that ask the same of Partoo. */
    fingerprint(args: Values): string;
  };
}

/** What every tool that writes takes and tells besides its own. */
const WRITE_INPUT = {
  idempotency_key: text('To send the same once more on purpose: a new value.', { max: 200 })
    .refine(key => key.toLowerCase() !== 'none', { error: 'must be a text; leave the argument out for none' })
    .optional(),
};
const WRITE_OUTPUT = {
  /** Said by this server alone, once an answer is read. */
  repeated: z
    .preprocess(() => undefined, z.boolean().optional())
    .optional()
    .describe('true: the outcome of an earlier call, nothing was sent again'),
};

/**
 * A tool. Of one that writes, all follows from its `request`: what is sent, whether Partoo confirmed it, and whether it is a
 * repeat.
 */
export function defineTool<Input extends Shape, Output extends z.ZodObject>(
  tool: ReadDefinition<Input, Output>,
): Tool;
export function defineTool<Input extends Shape, Output extends z.ZodObject, Answer>(
  tool: WriteDefinition<Input, Output, Answer>,
): Tool;
export function defineTool(tool: unknown): Tool {
  // The catalogue calls a tool's functions only with what its very `input` has parsed and its own request has read.
  const defined = tool as AnyDefinition;
  return defined.effect === 'reads' ? toReadTool(defined) : toWriteTool(defined);
}

type AnyDefinition = ReadDefinition<Shape, z.ZodObject> | WriteDefinition<Shape, z.ZodObject, unknown>;

function toReadTool(tool: ReadDefinition<Shape, z.ZodObject>): Tool {
  return tool.view ? { ...tool, input: { ...tool.input, ...viewInput(tool.view) } } : tool;
}

function toWriteTool(tool: WriteDefinition<Shape, z.ZodObject, unknown>): Tool {
  const { request, result, withDefaults, recoveryHint, target, lookUp, ...common } = tool;
  return {
    ...common,
    input: { ...common.input, ...WRITE_INPUT },
    output: common.output.extend(WRITE_OUTPUT),
    async run(given, { partoo }) {
      const args = withDefaults?.(given, new Date()) ?? given;
      return result(await partoo.write(request(args)), args);
    },
    write: {
      recoveryHint,
      target,
      lookUp,
      // At one and the same time: two calls are not two writes for the second between them.
      fingerprint: args => fingerprint(request(withDefaults?.(args, new Date(0)) ?? args)),
    },
  };
}
