import { DEMO_KEYS } from './model/keys.ts';

/** The header that the demo's snippets send. */
export const DEMO_HEADER = ['x-APIKey', 'demo-admin'] as const;

/** Printed by `npm run demo`. */
export function demoBanner(url: string): string {
  const keys = DEMO_KEYS.map(({ key, about }) => `  ${key.padEnd(14)} ${about}`).join('\n');
  return `
The demo serves an emulated Partoo: nothing leaves this machine.

  MCP endpoint   ${url}

Keys for the x-APIKey header:
${keys}
`;
}
