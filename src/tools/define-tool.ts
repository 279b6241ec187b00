import type * as z from 'zod';
import type { Partoo } from '../partoo/client.ts';

/**
 * What a tool does to Partoo, which is what its hints tell a client:
 * `reads` nothing changes · `adds` something new, often public, once per call · `replaces` values with others.
 */
export type Effect = 'reads' | 'adds' | 'replaces';

export interface ToolContext {
  /** Partoo, as this caller and for this call. */
  partoo: Partoo;
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
  /** Needed of a write: how a model finds out whether it happened when the answer was lost. */
  ifUnknown?: string;
  /** Answers what `output` reads. Throws CallError through; catches nothing. */
  run(args: Args<Input>, context: ToolContext): Promise<unknown>;
}

/** A tool whose argument types are no longer of interest: what the catalogue holds. */
export type Tool = ToolDefinition<Shape, z.ZodObject>;

export function defineTool<Input extends Shape, Output extends z.ZodObject>(
  tool: ToolDefinition<Input, Output>,
): Tool {
  // The catalogue calls `run` and `check` only with what this very `input` has parsed.
  return tool as unknown as Tool;
}
