import { expect } from 'vitest';
import { tools as everyTool, type Toolset, toolsets } from '../../src/tools/index.ts';
import type { ListedTool } from './clients.ts';
import { post } from './post.ts';

export type Headers = Record<string, string>;

export const KEY = { 'x-APIKey': 'demo-admin' };
const tools = everyTool.filter(({ optional }) => !optional);
/** The default list. */
export const ALL = tools.map(({ name }) => name);
export const READS = tools.filter(({ effect }) => effect === 'reads').map(({ name }) => name);
export const EVERY = everyTool.map(({ name }) => name);
/** The tools that the name of a toolset stands for. */
const toolset = (name: Toolset) =>
  toolsets[name].filter(({ optional, effect }) => !optional || effect !== 'deletes').map(({ name }) => name);
export const REVIEWS = toolset('reviews');
/** Those of them that read, optional ones included. */
export const READING_REVIEWS = [
  'search_reviews',
  'get_review_metrics',
  'list_review_reply_templates',
  'suggest_review_reply',
];
export const POSTS = toolset('posts');

/** Lists the tools of a server over HTTP. */
export function listing(serverUrl: () => string) {
  return {
    /** Returns the names of the tools that a request with this query and these headers lists. */
    async namesFor(query: string, headers: Headers = {}, url = serverUrl()) {
      const { body } = await post(`${url}${query}`, { method: 'tools/list' }, headers);
      expect(body.error).toBeUndefined();
      return (body.result as { tools: ListedTool[] }).tools.map(({ name }) => name);
    },

    /** Asserts that the request is refused, and returns the error message. */
    async refusalOf(query: string, headers: Headers = {}, url = serverUrl()) {
      const { status, body } = await post(`${url}${query}`, { method: 'tools/list' }, headers);
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { jsonrpc: '2.0', id: null, error: { code: -32000 } },
      });
      return body.error?.message;
    },
  };
}
