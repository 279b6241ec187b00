import type { Tool } from '../../tools/definition/define-tool.ts';
import { type Toolset, tools, toolsets } from '../../tools/index.ts';
import type { EnabledTools } from './enabled-tools.ts';

/** Somebody's wish to have fewer tools. Rules only ever take away. */
export interface Rule {
  /** Who switches the others off, and how: for whoever misses one. */
  by: string;
  keeps(tool: Tool): boolean;
}

export function onlyReads(by: string): Rule {
  return { by, keeps: tool => tool.effect === 'reads' };
}

export function onlyToolsets(by: string, names: readonly Toolset[]): Rule {
  const kept = new Set(names.flatMap(name => toolsets[name]));
  return { by, keeps: tool => kept.has(tool) };
}

export function onlyTools(by: string, names: readonly string[]): Rule {
  return { by, keeps: tool => names.includes(tool.name) };
}

/** What is left of the enabled tools when every rule has been applied. */
export function select(from: EnabledTools, rules: readonly Rule[]): EnabledTools {
  const hidden = new Map(from.hidden);
  const tools = from.tools.filter(tool => {
    const against = rules.filter(rule => !rule.keeps(tool));
    if (against.length > 0) hidden.set(tool.name, against.map(({ by }) => by).join(' and '));
    return against.length === 0;
  });
  return { tools, hidden };
}

/** What the operator offers everybody. */
export function operatorTools(settings: { READ_ONLY: boolean; TOOLSETS: readonly Toolset[] }): EnabledTools {
  const rules = [onlyToolsets("the operator's setting TOOLSETS", settings.TOOLSETS)];
  if (settings.READ_ONLY) rules.push(onlyReads("the operator's setting READ_ONLY"));
  return select({ tools, hidden: new Map() }, rules);
}
