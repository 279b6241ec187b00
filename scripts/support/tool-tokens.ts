import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** Counts the tokens of the tool list's JSON as models see it: without `_meta`, which is for hosts. Not every client shows the outputSchemas. */

/** The most that a list may cost without the outputSchemas. */
export const CEILINGS = { default: 5_100, all: 9_200 };

interface ListedTool {
  outputSchema?: unknown;
  _meta?: unknown;
}

export interface Cost {
  tokens: number;
  withOutput: number;
}

export const toolCost = <Tool extends ListedTool>(tool: Tool): Cost => ({
  tokens: countTokens(JSON.stringify(withoutOutput(tool))),
  withOutput: countTokens(JSON.stringify(withoutMeta(tool))),
});

/** Slightly more than the sum of the tools: the list has separators. */
export const listCost = (tools: readonly ListedTool[]): Cost => ({
  tokens: countTokens(JSON.stringify({ tools: tools.map(withoutOutput) })),
  withOutput: countTokens(JSON.stringify({ tools: tools.map(withoutMeta) })),
});

/** Formats 1234 as 1,234 in every locale. */
export const grouped = (number: number) => number.toLocaleString('en-US');

const withoutMeta = <Tool extends ListedTool>({ _meta, ...tool }: Tool) => tool;

const withoutOutput = <Tool extends ListedTool>({ outputSchema, _meta, ...tool }: Tool) => tool;
