import * as z from 'zod';
import type { Partoo } from '../partoo/client.ts';
import { text } from './fields.ts';
import { type View, viewInput } from './view.ts';

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
  /** When the write was begun, on this server's clock. */
  since: Date;
}

type Shape = z.ZodRawShape;
type Args<Input extends Shape> = z.output<z.ZodObject<Input>>;

/** A problem with arguments that are each well-formed, such as two dates in the wrong order. */
export interface Problem {
  argument: string;
  message: string;
}

export interface ToolDefinition<Input extends Shape, Output extends z.ZodObject> {
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
  /** Needed of a list, and of whatever can be shown in part. */
  view?: View;
  /** Needed of a tool that replaces: the argument that names what it changes. */
  target?: keyof Input & string;
  /** Needed of a write: how a model finds out whether it happened when the answer was lost. */
  ifUnknown?: string;
  /**
   * For a write whose answer was lost: answers what `run` would have if the write is seen to have happened, and
   * undefined if not. May throw; never writes.
   */
  lookFor?(args: Args<Input>, context: LookContext): Promise<unknown>;
  /** Answers what `output` reads. Throws CallError through; catches nothing. */
  run(args: Args<Input>, context: ToolContext): Promise<unknown>;
}

/** A tool whose argument types are no longer of interest: what the catalogue holds. */
export type Tool = ToolDefinition<Shape, z.ZodObject>;

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

export function defineTool<Input extends Shape, Output extends z.ZodObject>(
  tool: ToolDefinition<Input, Output>,
): Tool {
  // The catalogue calls `run`, `check` and `lookFor` only with what this very `input` has parsed.
  const defined = tool as unknown as Tool;
  if (tool.effect === 'reads') {
    return tool.view ? { ...defined, input: { ...defined.input, ...viewInput(tool.view) } } : defined;
  }
  return {
    ...defined,
    input: { ...defined.input, ...WRITE_INPUT },
    output: defined.output.extend(WRITE_OUTPUT),
  };
}
