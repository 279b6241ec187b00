import type { Tool } from '../../tools/definition/define-tool.ts';
import { TOOLSETS, type Toolset, tools, toolsets } from '../../tools/index.ts';

/** The tools that a request may list and call. */
export interface EnabledTools {
  /** In catalog order. */
  tools: readonly Tool[];
  /** The names of optional tools that nothing forbids, but that this request does not ask for. */
  addable: readonly string[];
  /** Every other tool, by name, with what disables it. */
  disabled: ReadonlyMap<string, string>;
}

/** Disables every tool that it does not name. */
export interface Rule {
  /** The setting, parameter or header behind it, as error messages name it. */
  source: string;
  enables: readonly Tool[];
}

/** What TOOLSETS and `?toolsets=` can name: toolsets, the default list, or everything. */
export const SELECTIONS = ['default', 'all', ...TOOLSETS] as const;
export type Selection = (typeof SELECTIONS)[number];

export const READ_TOOLS = tools.filter(({ effect }) => effect === 'reads');
export const DEFAULT_TOOLS = tools.filter(({ optional }) => !optional);

const toolsIn = (names: readonly Toolset[]): Tool[] => names.flatMap(name => toolsets[name]);

/** Without the optional tools that delete, unless `all` is selected or `named` has their names. */
export function toolsOfSelections(
  selections: readonly Selection[],
  named: ReadonlySet<string> = new Set(),
): readonly Tool[] {
  if (selections.includes('all')) return tools;
  const wanted = new Set(selections.includes('default') ? DEFAULT_TOOLS : []);
  for (const tool of toolsIn(TOOLSETS.filter(name => selections.includes(name)))) {
    if (!(tool.optional && tool.effect === 'deletes') || named.has(tool.name)) wanted.add(tool);
  }
  return tools.filter(tool => wanted.has(tool));
}

/** The enabled tools that every rule leaves enabled. */
export function applyRules(enabledTools: EnabledTools, rules: readonly Rule[]): EnabledTools {
  const disabled = new Map(enabledTools.disabled);
  for (const { name } of tools) {
    if (disabled.has(name)) continue;
    const against = rules.filter(rule => !rule.enables.some(tool => tool.name === name));
    if (against.length > 0) disabled.set(name, against.map(({ source }) => source).join(' and '));
  }
  return {
    tools: enabledTools.tools.filter(({ name }) => !disabled.has(name)),
    addable: enabledTools.addable.filter(name => !disabled.has(name)),
    disabled,
  };
}

const EVERY_TOOL: EnabledTools = { tools, addable: [], disabled: new Map() };

/** The operator's settings that decide which tools exist. */
export interface ToolSettings {
  READ_ONLY: boolean;
  /** Undefined: the default list, to which callers may add. */
  TOOLSETS?: readonly Selection[] | undefined;
}

/** Every tool that the operator's settings permit. */
export function permittedTools({ READ_ONLY, TOOLSETS: selections }: ToolSettings): EnabledTools {
  const rules: Rule[] = [];
  if (selections) {
    rules.push({ source: "the operator's setting TOOLSETS", enables: toolsOfSelections(selections) });
  }
  if (READ_ONLY) rules.push({ source: "the operator's setting READ_ONLY", enables: READ_TOOLS });
  return applyRules(EVERY_TOOL, rules);
}

/** The tools of a request without a tool filter. */
export function defaultToolsOf(settings: ToolSettings): EnabledTools {
  const permitted = permittedTools(settings);
  return settings.TOOLSETS ? permitted : withoutOptional(permitted);
}

const withoutOptional = ({ tools, disabled }: EnabledTools): EnabledTools => ({
  tools: tools.filter(({ optional }) => !optional),
  addable: tools.filter(({ optional }) => optional).map(({ name }) => name),
  disabled,
});
