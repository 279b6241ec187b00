import { variableOf } from '../../deployment/credentials.ts';
import { type Configuration, pretty } from './header.ts';

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)[:/]/;

/** `claude_desktop_config.json`. In a variable, because some shells that start it split arguments at spaces. */
export const mcpRemote: Configuration = (url, header) => {
  const args = ['-y', 'mcp-remote', url];
  if (url.startsWith('http:') && !LOOPBACK.test(url)) args.push('--allow-http');
  if (header) args.push('--header', `${header.name}:\${${variableOf(header)}}`);
  const env = header && { [variableOf(header)]: `${header.prefix}${header.value}` };
  return pretty({ mcpServers: { partoo: { command: 'npx', args, env } } });
};
