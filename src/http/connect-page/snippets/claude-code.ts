import { type Configuration, headerLine, shellWord } from './header.ts';

export const claudeCode: Configuration = (url, header) =>
  `claude mcp add --transport http partoo ${shellWord(url)}${header ? ` --header "${headerLine(header)}"` : ''}`;
