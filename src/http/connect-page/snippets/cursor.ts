import { variableOf } from '../../deployment/credentials.ts';
import { type Configuration, headersWith, pretty } from './header.ts';

const serverOf = (...[url, header]: Parameters<Configuration>) => ({ url, ...headersWith(header) });

/** `~/.cursor/mcp.json` */
export const cursor: Configuration = (url, header) =>
  pretty({ mcpServers: { partoo: serverOf(url, header) } });

/** The same on one line. */
export const cursorLine: Configuration = (url, header) =>
  JSON.stringify({ mcpServers: { partoo: serverOf(url, header) } });

/** https://cursor.com/docs/mcp/install-links. A link holds no secret: Cursor reads it from the environment. */
const query: Configuration = (url, header) => {
  const value = header && !header.works ? `\${env:${variableOf(header)}}` : undefined;
  const config = btoa(JSON.stringify({ url, ...headersWith(header, value) }));
  return new URLSearchParams({ name: 'partoo', config }).toString();
};

export const cursorLink: Configuration = (url, header) =>
  `cursor://anysphere.cursor-deeplink/mcp/install?${query(url, header)}`;

/** For a machine whose browser does not open `cursor:` links. */
export const cursorWebLink: Configuration = (url, header) =>
  `https://cursor.com/install-mcp?${query(url, header)}`;
