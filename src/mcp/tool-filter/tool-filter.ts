import type { Restriction } from '../../core/caller.ts';
import { unknownNames } from '../../core/text/did-you-mean.ts';
import { TOOLSETS, toolsets } from '../../tools/index.ts';
import {
  applyRules,
  type EnabledTools,
  READ_TOOLS,
  type Rule,
  SELECTIONS,
  toolsOfSelections,
} from './enabled-tools.ts';
import { nearMisses, type PARAMETERS } from './near-misses.ts';

export interface RequestParts {
  /** By lower-case name, each with every value that was sent. */
  headers: NodeJS.Dict<string[]>;
  query: NodeJS.Dict<string | string[]>;
  /** What the caller's token or sign-in leaves. */
  restriction?: Restriction;
}

/** Returns the tools of a request, or every problem of its tool filter. */
export type ToolFilter = (request: RequestParts) => { enabledTools: EnabledTools } | { problems: string[] };

/**
 * Returns the filter that decides which of the permitted tools a request has: those it names in `tools` and `toolsets`, and
 * the default tools if it names none. It never adds one that is not permitted.
 */
export function createToolFilter(permitted: EnabledTools, defaultTools: EnabledTools): ToolFilter {
  const toolNames = permitted.tools.map(({ name }) => name);
  const isOff = (name: (typeof TOOLSETS)[number]) =>
    !toolsets[name].some(tool => toolNames.includes(tool.name));
  const selections = SELECTIONS.filter(name => name === 'default' || name === 'all' || !isOff(name));
  /** The tools and toolsets that the operator disables, with the setting that does. */
  const disabled = new Map(permitted.disabled);
  for (const name of TOOLSETS.filter(isOff)) {
    disabled.set(name, disabled.get(toolsets[name][0]?.name ?? '') ?? '');
  }

  function isTrue(value: string, source: string, problems: string[]): boolean {
    const flag = value.trim().toLowerCase();
    if (!['true', 'false', '1', '0'].includes(flag)) problems.push(`${source} must be true or false.`);
    return flag === 'true' || flag === '1';
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
    const valuesOf = (name: (typeof PARAMETERS)[number]) =>
      [
        { place: 'URL', source: `?${name} in the URL`, values: inUrl[name] },
        { place: 'headers', source: `the header x-mcp-${name}`, values: headers[`x-mcp-${name}`] },
      ].flatMap(({ place, source, values }) => {
        if (!values) return [];
        if (values.length > 1) problems.push(`${source} is given more than once.`);
        return [{ place, source, value: values[0] ?? '' }];
      });

    const byName = valuesOf('tools').map(({ place, source, value }) => ({
      place,
      source,
      names: readNames(value, source, ['default', ...toolNames], problems),
    }));
    // Beside it only: a name in the URL must not add to the toolset that a proxy sets in a header.
    const namedIn = (wanted: string) =>
      new Set(byName.filter(({ place }) => place === wanted).flatMap(({ names }) => names));
    const selecting: Rule[] = [
      ...valuesOf('toolsets').map(({ place, source, value }) => ({
        source,
        enables: toolsOfSelections(readNames(value, source, selections, problems), namedIn(place)),
      })),
      ...byName.map(({ source, names }) => ({
        source,
        enables: permitted.tools.filter(
          ({ name, optional }) => names.includes(name) || (!optional && names.includes('default')),
        ),
      })),
    ];
    const rules: Rule[] = [
      ...(restriction ? rulesOf(restriction) : []),
      ...valuesOf('readonly')
        .filter(({ source, value }) => isTrue(value, source, problems))
        .map(({ source }) => ({ source, enables: READ_TOOLS })),
      ...selecting,
    ];
    if (problems.length > 0) return { problems };
    if (rules.length === 0) return { enabledTools: defaultTools };
    const enabledTools = applyRules(selecting.length > 0 ? permitted : defaultTools, rules);
    if (enabledTools.tools.length > 0) return { enabledTools };
    const sources = new Set(rules.map(({ source }) => source));
    return { problems: [`No tool is left by ${[...sources].join(' and ')}.`] };
  };
}

function rulesOf({ source, readonly, toolsets }: Restriction): Rule[] {
  const rules: Rule[] = readonly ? [{ source, enables: READ_TOOLS }] : [];
  if (toolsets) {
    rules.push({ source, enables: toolsOfSelections(TOOLSETS.filter(name => toolsets.includes(name))) });
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
