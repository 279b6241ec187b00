import { pathToFileURL } from 'node:url';
import type { Answer, ListedTool } from '../support/clients.ts';

/** All that a model has to work with. */
export interface Assistant {
  /** The day of the manager and of the emulator's data. */
  today: string;
  /** What the server tells every model before its first call. */
  instructions: string;
  tools: ListedTool[];
  /** A call that is refused is an answer too, as hosts show it to a model. */
  call(tool: string, args?: Record<string, unknown>): Promise<Answer>;
  wait(seconds: number): Promise<void>;
}

/** Whoever does what a manager asks for: a script, or a model. */
export interface Actor {
  /** Answers what the manager is told in the end. */
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
