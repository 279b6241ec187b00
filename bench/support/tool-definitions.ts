import * as z from 'zod';
import { describeTools } from '../../src/mcp/catalog/tool-list.ts';
import { tools } from '../../src/tools/index.ts';
import { chooseColumns } from '../../src/tools/outputs/view.ts';
import { askForPage } from './ask-upstream.ts';

/** Our 14 tools as any framework takes them, made from our own catalogue so that they cannot drift. */

export interface Answer {
  [unknown: string]: unknown;
  content: { type: 'text'; text: string }[];
  structuredContent: Record<string, unknown>;
}

const annotations = new Map(describeTools(tools).map(tool => [tool.name, tool.annotations]));

export const definitions = tools.map(({ name, title, description, input, output }) => ({
  name,
  title,
  description,
  inputSchema: z.object(input),
  outputSchema: output,
  annotations: annotations.get(name) ?? {},
}));

const view = tools.find(({ name }) => name === 'search_businesses')?.view;
if (!view) throw new Error('search_businesses has no view any more');

/**
 * What a tool of a framework does, whichever it is: asks Partoo for the page and answers it. With `ANSWER=columns` only
 * the columns that ours answers, which is less work than most would leave it. Texts are neither cleaned nor fenced.
 */
export async function answerPage(key: unknown): Promise<Answer> {
  const page = await askForPage(key);
  const structuredContent = {
    ...(process.env.ANSWER === 'columns' && view ? chooseColumns(view, page, {}) : page),
    has_more: Number(page.page) < Number(page.max_page),
  };
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}
