import { unknownNames } from '../../core/did-you-mean.ts';
import { TOOLSETS, toolsets } from '../../tools/index.ts';
import type { EnabledTools } from './enabled-tools.ts';
import { type Parameter, type RequestParts, readParameters } from './parameters.ts';
import { onlyReads, onlyTools, onlyToolsets, type Rule, select } from './rules.ts';

/** What a request may use; or all that is wrong with how it asks for less. */
export type FilteredTools = { enabledTools: EnabledTools } | { problems: string[] };

export type ToolFilter = (request: RequestParts) => FilteredTools;

/** Answers how to narrow what the operator offers to what a request asks for. It can only become less. */
export function createToolFilter(defaultTools: EnabledTools): ToolFilter {
  const toolNames = defaultTools.tools.map(tool => tool.name);
  const toolsetNames = TOOLSETS.filter(name =>
    toolsets[name].some(tool => defaultTools.tools.includes(tool)),
  );
  /** By whom what is not offered to anybody was switched off. */
  const switchedOff = new Map(defaultTools.hidden);
  for (const name of TOOLSETS) {
    const by = toolsets[name].map(tool => defaultTools.hidden.get(tool.name))[0];
    if (by !== undefined && !toolsetNames.includes(name)) switchedOff.set(name, by);
  }

  function ruleOf({ name, value, place }: Parameter, problems: string[]): Rule | undefined {
    switch (name) {
      case 'readonly':
        return readFlag(value, place, problems) ? onlyReads(place) : undefined;
      case 'toolsets':
        return onlyToolsets(place, readNames(value, place, toolsetNames, switchedOff, problems));
      case 'tools':
        return onlyTools(place, readNames(value, place, toolNames, switchedOff, problems));
    }
  }

  return request => {
    const problems: string[] = [];
    const parameters = readParameters(request, problems);
    const rules = parameters.flatMap(parameter => ruleOf(parameter, problems) ?? []);
    if (problems.length > 0) return { problems };
    if (rules.length === 0) return { enabledTools: defaultTools };
    const enabledTools = select(defaultTools, rules);
    if (enabledTools.tools.length > 0) return { enabledTools };
    return { problems: [`No tool is left by ${rules.map(({ by }) => by).join(' and ')}.`] };
  };
}

function readFlag(value: string, place: string, problems: string[]): boolean {
  const flag = value.trim().toLowerCase();
  if (!['true', 'false', '1', '0'].includes(flag)) problems.push(`${place} must be true or false.`);
  return flag === 'true' || flag === '1';
}

/** The names in a comma-separated list, in any case. */
function readNames<Name extends string>(
  value: string,
  place: string,
  known: readonly Name[],
  switchedOff: ReadonlyMap<string, string>,
  problems: string[],
): Name[] {
  const items = value.split(',').map(item => item.trim().toLowerCase());
  const given = items.filter(item => item !== '');
  if (given.length === 0) problems.push(`${place} is empty. Known are ${known.join(', ')}.`);
  for (const name of given) {
    if (switchedOff.has(name)) problems.push(`${name} is switched off by ${switchedOff.get(name)}.`);
  }
  const asked = given.filter(name => !switchedOff.has(name));
  problems.push(...unknownNames(`known to ${place}`, asked, known));
  return known.filter(name => given.includes(name));
}
