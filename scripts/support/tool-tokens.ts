import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** What the tool list costs a model, by the tokens of its JSON. Not every client shows it the outputSchemas. */

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

/** More than the sum of its tools: there is something between them. */
export const listCost = (tools: readonly ListedTool[]): Cost => ({
  tokens: countTokens(JSON.stringify({ tools: tools.map(withoutOutput) })),
  withOutput: countTokens(JSON.stringify({ tools })),
});

/** 1234 as 1,234: the same in every locale. */
export const grouped = (number: number) => number.toLocaleString('en-US');

function withoutOutput<Tool extends ListedTool>({ outputSchema, ...tool }: Tool) {
  return tool;
}
