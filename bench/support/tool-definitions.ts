import * as z from 'zod';
import { describeTools } from '../../src/mcp/catalog/tool-list.ts';
import { DEFAULT_TOOLS as tools } from '../../src/mcp/tool-filter/enabled-tools.ts';
import { chooseColumns } from '../../src/tools/outputs/view.ts';
import { fetchPage } from './fetch-page.ts';

/** Our 14 tools in a form that any framework accepts. They come from the catalogue, so that they cannot drift. */

export interface ToolResult {
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
 * The body of every tool in the frameworks: requests the page from Partoo and returns it. With `RESULT=columns` it returns
 * only the columns of our own result. Texts are neither cleaned nor delimited.
 */
export async function returnPage(key: unknown): Promise<ToolResult> {
  const page = await fetchPage(key);
  const structuredContent = {
    ...(process.env.RESULT === 'columns' && view ? chooseColumns(view, page, {}) : page),
    has_more: Number(page.page) < Number(page.max_page),
  };
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}
