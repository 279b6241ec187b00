import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** Counts the tokens of the tool list's JSON. Not every client shows the model the outputSchemas. */

/** The most that a list may cost without the outputSchemas. */
export const CEILINGS = { default: 5_100, all: 9_200 };

interface ListedTool {
  outputSchema?: unknown;
}

export interface Cost {
  tokens: number;
  withOutput: number;
}

export const toolCost = <Tool extends ListedTool>(tool: Tool): Cost => ({
  tokens: countTokens(JSON.stringify(withoutOutput(tool))),
  withOutput: countTokens(JSON.stringify(tool)),
});

/** Slightly more than the sum of the tools: the list has separators. */
export const listCost = (tools: readonly ListedTool[]): Cost => ({
  tokens: countTokens(JSON.stringify({ tools: tools.map(withoutOutput) })),
  withOutput: countTokens(JSON.stringify({ tools })),
});

/** Formats 1234 as 1,234 in every locale. */
export const grouped = (number: number) => number.toLocaleString('en-US');

function withoutOutput<Tool extends ListedTool>({ outputSchema, ...tool }: Tool) {
  return tool;
}
