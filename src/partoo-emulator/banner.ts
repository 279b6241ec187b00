import { DEMO_KEYS } from './model/keys.ts';

/** Printed by `npm run demo`. `origin`: where the server listens. */
export function demoBanner(origin: string): string {
  const keys = DEMO_KEYS.map(({ key, about }) => `  ${key.padEnd(14)} ${about}`).join('\n');
  return `
The demo serves an emulated Partoo: nothing leaves this machine.

  Open in a browser   ${origin}
  MCP endpoint        ${origin}/mcp

Keys for the x-APIKey header:
${keys}
`;
}
