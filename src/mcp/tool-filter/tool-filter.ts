import type { Restriction } from '../../core/caller.ts';
import { unknownNames } from '../../core/did-you-mean.ts';
import { TOOLSETS, toolsets } from '../../tools/index.ts';
import { applyRules, type EnabledTools, READ_TOOLS, type Rule, toolsIn } from './enabled-tools.ts';
import { nearMisses, PARAMETERS } from './near-misses.ts';

export interface RequestParts {
  /** By lower-case name, each with every value that was sent. */
  headers: NodeJS.Dict<string[]>;
  query: NodeJS.Dict<string | string[]>;
  /** What the caller's token or sign-in leaves. */
  restriction?: Restriction;
}

/** Returns the tools of a request, or every problem of its tool filter. */
export type ToolFilter = (request: RequestParts) => { enabledTools: EnabledTools } | { problems: string[] };

/** Returns the filter that narrows the default tools to those that a request asks for. It never adds one. */
export function createToolFilter(defaultTools: EnabledTools): ToolFilter {
  const toolNames = defaultTools.tools.map(({ name }) => name);
  const toolsetNames = TOOLSETS.filter(name => toolsets[name].some(tool => toolNames.includes(tool.name)));
  /** The tools and toolsets that the operator disables, with the setting that does. */
  const disabled = new Map(defaultTools.disabled);
  for (const name of TOOLSETS.filter(name => !toolsetNames.includes(name))) {
    disabled.set(name, disabled.get(toolsets[name][0]?.name ?? '') ?? '');
  }

  function readRules(name: (typeof PARAMETERS)[number], value: string, source: string, problems: string[]) {
    if (name === 'readonly') {
      const flag = value.trim().toLowerCase();
      if (!['true', 'false', '1', '0'].includes(flag)) problems.push(`${source} must be true or false.`);
      return flag === 'true' || flag === '1' ? [{ source, enables: READ_TOOLS }] : [];
    }
    if (name === 'toolsets') {
      return [{ source, enables: toolsIn(readNames(value, source, toolsetNames, problems)) }];
    }
    const names = readNames(value, source, toolNames, problems);
    return [{ source, enables: defaultTools.tools.filter(tool => names.includes(tool.name)) }];
  }

  /** Reads a comma-separated list of names, in any case. */
  function readNames<Name extends string>(
    value: string,
    source: string,
    known: readonly Name[],
    problems: string[],
  ): Name[] {
    const names = value
      .toLowerCase()
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== '');
    if (names.length === 0) problems.push(`${source} is empty. Known are ${known.join(', ')}.`);
    const off = names.filter(name => disabled.has(name));
    const others = names.filter(name => !disabled.has(name));
    problems.push(
      ...off.map(name => `${name} is switched off by ${disabled.get(name)}.`),
      ...unknownNames(`known to ${source}`, others, known),
    );
    return known.filter(name => names.includes(name));
  }

  return ({ headers, query, restriction }) => {
    const inUrl = withLowerCaseNames(query);
    const problems = nearMisses(inUrl, headers);
    const rules: Rule[] = restriction ? rulesOf(restriction) : [];
    for (const name of PARAMETERS) {
      for (const [source, values] of [
        [`?${name} in the URL`, inUrl[name]],
        [`the header x-mcp-${name}`, headers[`x-mcp-${name}`]],
      ] as const) {
        const [value = '', second] = values ?? [];
        if (second !== undefined) problems.push(`${source} is given more than once.`);
        else if (values) rules.push(...readRules(name, value, source, problems));
      }
    }
    if (problems.length > 0) return { problems };
    if (rules.length === 0) return { enabledTools: defaultTools };
    const enabledTools = applyRules(defaultTools, rules);
    if (enabledTools.tools.length > 0) return { enabledTools };
    const sources = new Set(rules.map(({ source }) => source));
    return { problems: [`No tool is left by ${[...sources].join(' and ')}.`] };
  };
}

function rulesOf({ source, readonly, toolsets }: Restriction): Rule[] {
  const rules: Rule[] = readonly ? [{ source, enables: READ_TOOLS }] : [];
  if (toolsets) {
    rules.push({ source, enables: toolsIn(TOOLSETS.filter(name => toolsets.includes(name))) });
  }
  return rules;
}

/** `?READONLY=true` can mean only one thing. */
function withLowerCaseNames(query: RequestParts['query']): NodeJS.Dict<string[]> {
  const values: NodeJS.Dict<string[]> = Object.create(null);
  for (const [key, value = []] of Object.entries(query)) {
    const name = key.toLowerCase();
    values[name] = [...(values[name] ?? []), value].flat();
  }
  return values;
}
