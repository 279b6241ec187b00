import type { Tool } from '../../tools/definition/define-tool.ts';
import { type Toolset, tools, toolsets } from '../../tools/index.ts';

/** The tools that a request may list and call. */
export interface EnabledTools {
  /** In catalog order. */
  tools: readonly Tool[];
  /** Every other tool, by name, with what disables it. */
  disabled: ReadonlyMap<string, string>;
}

/** Disables every tool that it does not name. */
export interface Rule {
  /** The setting, parameter or header behind it, as error messages name it. */
  source: string;
  enables: readonly Tool[];
}

export const READ_TOOLS = tools.filter(({ effect }) => effect === 'reads');

export const toolsIn = (names: readonly Toolset[]): Tool[] => names.flatMap(name => toolsets[name]);

/** The enabled tools that every rule leaves enabled. */
export function applyRules(enabledTools: EnabledTools, rules: readonly Rule[]): EnabledTools {
  const disabled = new Map(enabledTools.disabled);
  for (const tool of enabledTools.tools) {
    const against = rules.filter(rule => !rule.enables.includes(tool)).map(({ source }) => source);
    if (against.length > 0) disabled.set(tool.name, against.join(' and '));
  }
  return { tools: enabledTools.tools.filter(({ name }) => !disabled.has(name)), disabled };
}

/** The tools that the operator's settings enable: the default for a request without a tool filter. */
export function toolsOfSettings(settings: {
  READ_ONLY: boolean;
  TOOLSETS: readonly Toolset[];
}): EnabledTools {
  const rules = [{ source: "the operator's setting TOOLSETS", enables: toolsIn(settings.TOOLSETS) }];
  if (settings.READ_ONLY) rules.push({ source: "the operator's setting READ_ONLY", enables: READ_TOOLS });
  return applyRules({ tools, disabled: new Map() }, rules);
}
