import type { HeaderCredentials } from './deployment.ts';

interface Configuration {
  client: string;
  language: 'sh' | 'json';
  text: string;
}

/** Configurations of the most common clients. `header`: absent where clients sign in or need no credentials. */
export function clientConfigurations(url: string, header?: HeaderCredentials): Configuration[] {
  const value = header && `${header.prefix}${header.value}`;
  const server = { url, ...(header && { headers: { [header.name]: value } }) };
  const flag = header ? ` --header "${header.name}: ${value}"` : '';
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return [
    {
      client: 'Claude Code',
      language: 'sh',
      text: `claude mcp add --transport http partoo ${url}${flag}`,
    },
    {
      client: 'Cursor, in `~/.cursor/mcp.json`',
      language: 'json',
      text: json({ mcpServers: { partoo: server } }),
    },
    {
      client: 'VS Code, in `.vscode/mcp.json`',
      language: 'json',
      text: json({ servers: { partoo: { type: 'http', ...server } } }),
    },
    {
      client: 'Claude Desktop and other clients that start programs',
      language: 'json',
      text: json({ mcpServers: { partoo: remote(url, header) } }),
    },
  ];
}

/** mcp-remote, with the secret in a variable: some shells that start it split arguments at spaces. */
function remote(url: string, header: HeaderCredentials | undefined): object {
  const args = ['-y', 'mcp-remote', url];
  if (!header) return { command: 'npx', args };
  return {
    command: 'npx',
    args: [...args, '--header', `${header.name}:\${PARTOO_SECRET}`],
    env: { PARTOO_SECRET: `${header.prefix}${header.value}` },
  };
}
