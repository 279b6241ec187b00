import type { Credentials } from '../../deployment/credentials.ts';
import type { Choices, ListedTool } from './selection.ts';

/** What the page tells its script. */
export interface ScriptModel {
  /** The MCP endpoint, without a filter. */
  url: string;
  /** Whether the operator set the URL. Otherwise the browser knows better how it came here. */
  urlIsSet: boolean;
  credentials: Credentials;
  tools: readonly ListedTool[];
  choices: Choices;
  /** The tokens of a tool list without tools. */
  frameTokens: number;
  /** The tool that checks a key. Absent where a page cannot. */
  keyCheckTool?: 'get_account' | 'search_businesses';
  /** Arguments to try a tool with, by its name. Absent outside the demo. */
  examples?: Readonly<Record<string, object>>;
}
