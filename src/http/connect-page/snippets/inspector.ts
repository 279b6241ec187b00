import { type Configuration, headerLine, shellWord } from './header.ts';

/** On the command line with a header; without one in the browser, which can sign in. */
export const inspector: Configuration = (url, header) =>
  `npx @modelcontextprotocol/inspector --cli ${shellWord(url)}${header ? ` --header "${headerLine(header)}"` : ''} \\
  --method tools/list`;
