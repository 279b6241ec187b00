import { serverIdentity } from '../../mcp/catalog/server-info.ts';
import { REVISIONS } from '../../mcp/protocol/revisions.ts';
import type { EnabledTools } from '../../mcp/tool-filter/enabled-tools.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { TOOLSETS, tools } from '../../tools/index.ts';
import { type SnippetName, writeSnippet } from '../connect-page/snippets/index.ts';
import type { Credentials, HeaderCredentials } from '../deployment/credentials.ts';

interface Deployment {
  /** The URL of the MCP endpoint. */
  url: string;
  version: string;
  credentials: Credentials;
  /** The tools of a connection without a filter; undefined if only callers with credentials may see them. */
  defaultTools: EnabledTools | undefined;
}

/** What an agent needs to connect its client, in the form of https://llmstxt.org: before the first heading prose, below only links. */
export function llmsTxt({ url, version, credentials, defaultTools }: Deployment): string {
  const { title, description } = serverIdentity(version);
  const page = (path: string) => new URL(path, url).href;
  const addable = tools.filter(({ name }) => defaultTools?.addable.includes(name));
  return `# ${title} MCP server

> ${description} This MCP server lets AI assistants read and change them with the permissions of one Partoo user.

To connect a client to this server:

- URL: \`${url}\`
- Transport: streamable HTTP without sessions. Every message is a POST; GET gets 405. The server speaks the revisions ${REVISIONS.join(', ')}.
${[...credentialLines(credentials), ...FILTERS].map(line => `- ${line}`).join('\n')}

${snippets(url, credentials)}
${section('Tools', defaultTools?.tools.map(toolLink) ?? [])}${section('Tools that a filter adds', addable.map(toolLink))}${section(
  'About this server',
  [
    `[Tools as JSON](${page('/tools')}): names, descriptions and schemas, with the filters above`,
    `[Server card](${page('/mcp/server-card')}): identity, URL and credentials for programs`,
    ...(credentials.signIn
      ? [`[Sign-in metadata](${page('/.well-known/oauth-protected-resource/mcp')}): for OAuth clients`]
      : []),
    `[Front page](${page('/')}): how to connect, for people`,
    '[Model Context Protocol](https://modelcontextprotocol.io/llms.txt): the protocol',
  ],
)}`;

  function toolLink({ name, description, effect }: Tool): string {
    return `[${name}](${page(`/tools?tools=${name}`)}): ${EFFECTS[effect]}${firstSentence(description)}`;
  }
}

const EFFECTS: Record<Tool['effect'], string> = {
  reads: '',
  adds: 'Writes. ',
  replaces: 'Writes. ',
  deletes: 'Deletes. ',
};

/** Without brackets that Markdown would read as a link. */
const firstSentence = (text: string) => (text.split(/(?<=\.) /)[0] ?? text).replaceAll('[', '\\[');

const section = (title: string, links: string[]) =>
  links.length === 0 ? '' : `\n## ${title}\n\n${links.map(link => `- ${link}`).join('\n')}\n`;

function credentialLines({ signIn, header }: Credentials): string[] {
  const lines: string[] = [];
  if (signIn) {
    const how =
      signIn === 'key' ? 'signs in there with a Partoo API key' : "signs in there with the company's login";
    lines.push(
      `Credentials: none in the configuration. A client with OAuth opens a page in the browser; the person ${how} and chooses what you may do.`,
    );
  }
  if (header)
    lines.push(`${signIn ? 'For a client without OAuth: send' : 'Credentials: send'} ${sentBy(header)}`);
  if (header) {
    lines.push(
      'Let the person enter the secret. Do not ask for it in a chat, and put it into no URL and no file that is shared.',
    );
  }
  if (!signIn && !header) lines.push('Credentials: none, for programs on the machine of this server.');
  return lines;
}

function sentBy({ name, prefix, holds }: HeaderCredentials): string {
  if (holds === 'key') {
    return `a Partoo API key in the header \`${name}\`. Clients that cannot send it use \`x-api-key\`, \`x-auth-token\` or \`Authorization: Bearer\`.`;
  }
  return `the access token that the operator of this server gives out, as \`${name}: ${prefix}TOKEN\`.`;
}

const FILTERS = [
  'To read only: add `?readonly=true` to the URL.',
  `For other tools: add \`?toolsets=\` with some of default, all, ${TOOLSETS.join(', ')}; or \`?tools=\` with names. Filters combine.`,
];

const CLIENTS: { client: string; language: 'sh' | 'json'; snippet: SnippetName }[] = [
  { client: 'Claude Code', language: 'sh', snippet: 'claudeCode' },
  { client: 'Cursor, in `~/.cursor/mcp.json`', language: 'json', snippet: 'cursor' },
  { client: 'VS Code, in `.vscode/mcp.json`', language: 'json', snippet: 'vsCode' },
  { client: 'Claude Desktop and other clients that start programs', language: 'json', snippet: 'mcpRemote' },
];

const snippets = (url: string, credentials: Credentials): string =>
  CLIENTS.map(({ client, language, snippet }) => {
    const text = writeSnippet(snippet, url, credentials, []);
    return `${client}:\n\n\`\`\`${language}\n${text}\n\`\`\``;
  }).join('\n\n');
