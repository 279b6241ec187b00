import type { HeaderCredentials } from '../../deployment/credentials.ts';
import { type Configuration, headersWith, pretty } from './header.ts';

const INPUT = 'partoo-secret';

/** VS Code asks for the secret once and stores it. */
function partsOf(url: string, header: HeaderCredentials | undefined) {
  const asks = header !== undefined && !header.works;
  const description = header?.holds === 'key' ? 'Partoo API key' : 'Access token';
  return {
    inputs: asks ? [{ type: 'promptString', id: INPUT, description, password: true }] : undefined,
    server: { type: 'http', url, ...headersWith(header, asks ? `\${input:${INPUT}}` : undefined) },
  };
}

/** `.vscode/mcp.json` */
export const vsCode: Configuration = (url, header) => {
  const { inputs, server } = partsOf(url, header);
  return pretty({ inputs, servers: { partoo: server } });
};

/** The same on one line, with the secret. */
export const vsCodeLine: Configuration = (url, header) =>
  JSON.stringify({ servers: { partoo: { type: 'http', url, ...headersWith(header) } } });

/** https://code.visualstudio.com/api/extension-guides/ai/mcp#create-an-mcp-installation-url */
export const vsCodeLink: Configuration = (url, header) => {
  const { inputs, server } = partsOf(url, header);
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name: 'partoo', ...server, inputs }))}`;
};

/** For a machine whose browser does not open `vscode:` links. */
export const vsCodeWebLink: Configuration = (url, header) => {
  const { inputs, server } = partsOf(url, header);
  const parameters = { name: 'partoo', config: server, ...(inputs && { inputs }) };
  const query = Object.entries(parameters).map(([name, value]) => {
    return `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`;
  });
  return `https://insiders.vscode.dev/redirect/mcp/install?${query.join('&')}`;
};
