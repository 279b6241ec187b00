import { pathToFileURL } from 'node:url';
import type { ListedTool, ToolResult } from '../support/clients.ts';

/** Everything a model has to work with. */
export interface Assistant {
  /** The day of the manager and of the emulator's data. */
  today: string;
  /** The server's instructions. */
  instructions: string;
  tools: ListedTool[];
  /** Never throws: a refusal is a result too, as hosts show it to a model. */
  call(tool: string, args?: Record<string, unknown>): Promise<ToolResult>;
  wait(seconds: number): Promise<void>;
}

/** Carries out a manager's task: a script, or a model. */
export interface Actor {
  /** Returns the final message to the manager. */
  act(says: string, assistant: Assistant): Promise<string>;
}

export type Script = (assistant: Assistant) => Promise<string>;

export const scripted = (script: Script): Actor => ({ act: (_says, assistant) => script(assistant) });

/** The actor that SCENARIO_ACTOR names: the default export of a module. Undefined: each scenario's own script acts. */
export async function chosenActor(): Promise<Actor | undefined> {
  const file = process.env.SCENARIO_ACTOR;
  if (!file) return undefined;
  const { default: actor } = await import(pathToFileURL(file).href);
  return actor;
}
