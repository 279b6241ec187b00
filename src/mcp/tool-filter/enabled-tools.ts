import type { Tool } from '../../tools/definition/define-tool.ts';

/** What a request may use of the tools there are. */
export interface EnabledTools {
  /** In the order clients see them. */
  tools: readonly Tool[];
  /** The names of the others, and by what each is switched off. */
  hidden: ReadonlyMap<string, string>;
}
