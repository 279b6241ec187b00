import { variableOf } from '../../deployment/credentials.ts';
import type { Snippet } from './header.ts';

/** `@modelcontextprotocol/client` 2 */
export const typescript: Snippet = (url, header, { name: tool, args }) => {
  const secret = header && `env.${variableOf(header)} ?? ''`;
  const value = header?.prefix ? `\`${header.prefix}\${${secret}}\`` : secret;
  const name = header && (/^\w+$/.test(header.name) ? header.name : `'${header.name}'`);
  return `${header ? "import { env } from 'node:process';\n" : ''}import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const client = new Client({ name: 'my-agent', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
const url = new URL('${url}');
${
  header
    ? `const headers = { ${name}: ${value} };
await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));`
    : 'await client.connect(new StreamableHTTPClientTransport(url));'
}
const found = await client.callTool(${literal({ name: tool, arguments: args })});`;
};

/** Writes a value of plain names, texts and numbers as people write it. */
function literal(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? `'${value}'` : String(value);
  const members = Object.entries(value).map(([name, inner]) => `${name}: ${literal(inner)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}
