import { ENVELOPE } from '../../test/support/post.ts';
import { rpc } from '../../test/support/rpc.ts';

/** The messages that load is made of. */

export type Revision = '2026-07-28' | '2025-11-25';

export interface Message {
  headers: Record<string, string>;
  body: string;
}

function message(revision: Revision, method: string, params: object, name?: string): Message {
  const isModern = revision === '2026-07-28';
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': revision,
      ...(isModern && { 'mcp-method': method, ...(name && { 'mcp-name': name }) }),
    },
    body: JSON.stringify(rpc(method, { ...params, ...(isModern && { _meta: ENVELOPE }) })),
  };
}

/** A page of 30 businesses. Callers request different pages, so that no two requests are coalesced. */
export function searchCall(revision: Revision, page: number): Message {
  const name = 'search_businesses';
  return message(revision, 'tools/call', { name, arguments: { status: 'open', per_page: 30, page } }, name);
}

export const listCall = (revision: Revision): Message => message(revision, 'tools/list', {});
