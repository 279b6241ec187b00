import type { IncomingHttpHeaders } from 'node:http';

/** The headers of the protocol that repeat what is in the body. */
export const MIRRORS = ['mcp-protocol-version', 'mcp-method', 'mcp-name'] as const;

export type ProtocolHeaders = Partial<Record<(typeof MIRRORS)[number], string>>;

/** The protocol's headers as they were meant; or a sentence that says which one has two meanings. */
export type ReadHeaders = { headers: ProtocolHeaders } | { refused: string };

/**
 * Reads each header once: some clients and proxies send it twice, which Node joins to `2025-11-25, 2025-11-25`. A header
 * that is empty, or holds what JavaScript and Python print for nothing, was not meant to be sent.
 */
export function readProtocolHeaders(sent: IncomingHttpHeaders): ReadHeaders {
  const headers: ProtocolHeaders = {};
  for (const name of MIRRORS) {
    const given = [sent[name] ?? []].flat().join(', ').trim();
    if (!given.includes(',')) {
      if (!NOTHING.includes(given)) headers[name] = given;
      continue;
    }
    const [value, ...others] = new Set(valuesIn(given));
    if (value === undefined) continue;
    if (others.length > 0 && name === 'mcp-protocol-version') {
      return {
        refused: `The header ${name} was sent with different values (${given.slice(0, MAX_TOLD)}): send it once`,
      };
    }
    // A method or a name may hold a comma.
    headers[name] = others.length > 0 ? given : value;
  }
  return { headers };
}

const MAX_TOLD = 100;
const NOTHING = ['', 'undefined', 'null', 'None'];

const valuesIn = (header: string) =>
  header
    .split(',')
    .map(each => each.trim())
    .filter(each => !NOTHING.includes(each));
