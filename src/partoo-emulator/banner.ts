import { DEMO_KEYS } from './model/keys.ts';

/** Printed by `npm run demo`: everything needed to try the server, ready to paste. */
export function demoBanner(url: string): string {
  const key = 'demo-admin';
  const server = { url, headers: { 'x-APIKey': key } };
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'search_businesses', arguments: { city: 'Lyon', per_page: 3 } },
  };
  const keys = DEMO_KEYS.map(({ key, about }) => `  ${key.padEnd(14)} ${about}`).join('\n');
  return `
The demo serves an emulated Partoo: nothing leaves this machine.

  MCP endpoint   ${url}

Keys for the x-APIKey header:
${keys}

Claude Code:
  claude mcp add --transport http partoo ${url} --header "x-APIKey: ${key}"

Cursor (.cursor/mcp.json):
  ${JSON.stringify({ mcpServers: { partoo: server } })}

VS Code (.vscode/mcp.json):
  ${JSON.stringify({ servers: { partoo: { type: 'http', ...server } } })}

curl:
  curl -s ${url} -H 'content-type: application/json' -H 'x-APIKey: ${key}' -d '${JSON.stringify(call)}'

`;
}
