import type { Credentials } from '../../deployment/credentials.ts';
import { claudeCode } from './claude-code.ts';
import { curl } from './curl.ts';
import { cursor, cursorLink, cursorWebLink } from './cursor.ts';
import { exampleCall } from './example-call.ts';
import type { Snippet } from './header.ts';
import { inspector } from './inspector.ts';
import { mcpRemote } from './mcp-remote.ts';
import { python } from './python.ts';
import { responsesApi } from './responses-api.ts';
import { typescript } from './typescript.ts';
import { vsCode, vsCodeLink, vsCodeWebLink } from './vs-code.ts';

const SNIPPETS = {
  url: url => url,
  claudeCode,
  cursor,
  cursorLink,
  cursorWebLink,
  vsCode,
  vsCodeLink,
  vsCodeWebLink,
  mcpRemote,
  inspector,
  typescript,
  python,
  responsesApi,
  curl,
} satisfies Record<string, Snippet>;

export type SnippetName = keyof typeof SNIPPETS;

/** Those of clients that can sign in: where people can, they need no header. */
const SIGNS_IN: ReadonlySet<SnippetName> = new Set<SnippetName>([
  'claudeCode',
  'cursor',
  'cursorLink',
  'cursorWebLink',
  'vsCode',
  'vsCodeLink',
  'vsCodeWebLink',
  'mcpRemote',
]);

/** Returns a snippet for a deployment. The connect page's script writes them again when the URL changes. */
export function writeSnippet(
  name: SnippetName,
  url: string,
  { signIn, header }: Credentials,
  toolNames: readonly string[],
): string {
  const sent = signIn && SIGNS_IN.has(name) ? undefined : header;
  return SNIPPETS[name](url, sent, exampleCall(toolNames));
}

/** A piece of a snippet: its URL, a secret to replace, or plain text. */
export interface Piece {
  text: string;
  kind?: 'url' | 'secret';
}

/** Cuts a snippet into pieces, so that a page can mark the URL and the place of the secret. */
export function piecesOf(snippet: string, url: string, secret: string | undefined): Piece[] {
  const kinds = new Map<string, Piece['kind']>([[url, 'url']]);
  if (secret !== undefined) kinds.set(secret, 'secret');
  let pieces: Piece[] = [{ text: snippet }];
  for (const [needle, kind] of kinds) {
    pieces = pieces.flatMap(piece => {
      if (piece.kind) return [piece];
      const parts = piece.text.split(needle);
      return parts.flatMap((text, i) => (i === 0 ? [{ text }] : [{ text: needle, kind }, { text }]));
    });
  }
  return pieces.filter(({ text }) => text !== '');
}
