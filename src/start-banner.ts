import { claudeCode } from './http/connect-page/snippets/claude-code.ts';
import { curlLine } from './http/connect-page/snippets/curl.ts';
import { cursorLine } from './http/connect-page/snippets/cursor.ts';
import { exampleCall } from './http/connect-page/snippets/example-call.ts';
import { vsCodeLine } from './http/connect-page/snippets/vs-code.ts';
import type { HeaderCredentials } from './http/deployment/credentials.ts';
import { accessToken } from './http/deployment/deployment.ts';

/** Configurations of clients, ready to paste, and where to find more. `header`: absent where no credentials are needed. */
export const clientSnippets = (
  url: string,
  header: HeaderCredentials | undefined,
  toolNames: readonly string[],
): string => `
Claude Code:
  ${claudeCode(url, header)}

Cursor (.cursor/mcp.json):
  ${cursorLine(url, header)}

VS Code (.vscode/mcp.json):
  ${vsCodeLine(url, header)}

curl:
  ${curlLine(url, header, exampleCall(toolNames))}

All clients, and what to ask: ${new URL('/', url)}

`;

/** Printed at the start for the one person who shares the server's key with nobody. */
export function soloBanner(url: string, token: string | undefined, toolNames: readonly string[]): string {
  const intro = token
    ? `Callers need this access token, which is shown only now. The next start makes another one; ACCESS_TOKEN sets one that stays.

  ${token}
`
    : 'Programs on this machine use the Partoo key of this server and need no credentials.\n';
  return `
${intro}${clientSnippets(url, token === undefined ? undefined : accessToken(token), toolNames)}`;
}
