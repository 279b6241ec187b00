import type { IncomingHttpHeaders } from 'node:http';
import type { MessageProblem } from './message-problem.ts';

/** The headers of Streamable HTTP that repeat what the body says. */
const MIRRORED = ['mcp-protocol-version', 'mcp-method', 'mcp-name'] as const;

/** An undefined header overrides the one that was sent. */
export type MirroredHeaders = Partial<Record<(typeof MIRRORED)[number], string | undefined>>;

/** The error code of 2026-07-28 for headers that contradict each other or the body. */
const HEADER_MISMATCH = -32020;
const MAX_QUOTED_LENGTH = 100;
/** What JavaScript and Python send for a header without a value. */
const EMPTY = ['', 'undefined', 'null', 'None'];

/**
 * Normalizes the mirrored headers: drops empty ones, and joins repeated ones. Some clients and proxies send a header
 * twice, which Node joins to `2025-11-25, 2025-11-25`. Two different revisions are a problem.
 */
export function readMirroredHeaders(sent: IncomingHttpHeaders): {
  headers: MirroredHeaders;
  problem?: MessageProblem;
} {
  const headers: MirroredHeaders = {};
  for (const name of MIRRORED) {
    const joined = [sent[name] ?? []].flat().join(', ').trim();
    const values = new Set(joined.split(',').map(value => value.trim()));
    for (const empty of EMPTY) values.delete(empty);
    const [value, other] = values;
    if (other !== undefined && name === 'mcp-protocol-version') {
      const quoted = joined.slice(0, MAX_QUOTED_LENGTH);
      const message = `The header ${name} was sent with different values (${quoted}): send it once`;
      return { headers: {}, problem: { code: HEADER_MISMATCH, message } };
    }
    // A comma may be part of a tool name, so the SDK compares the whole with the body.
    headers[name] = other === undefined ? value : joined;
  }
  return { headers };
}
