import { unknownNames } from '../../core/did-you-mean.ts';
import { memo } from '../../core/memo.ts';
import { tools } from '../../tools/index.ts';
import { asksForLess, resembles } from './near-misses.ts';

/** What a request can say of the tools it wants: each is a parameter of the URL, and a header with `x-mcp-` before it. */
const PARAMETERS = ['readonly', 'toolsets', 'tools'] as const;
export const HEADERS = PARAMETERS.map(name => `x-mcp-${name}`);

export interface Parameter {
  name: (typeof PARAMETERS)[number];
  value: string;
  /** Where a person finds it. */
  place: string;
}

/** Where a request says it. */
export interface RequestParts {
  /** By lower-case name, each with every value that was sent. */
  headers: NodeJS.Dict<string[]>;
  query: NodeJS.Dict<string | string[]>;
}

/**
 * The parameters of a request. A near-miss of one is a problem: a misspelt `readonly` would leave write tools enabled.
 * What resembles none of them belongs to the client or a proxy (`?utm_source=`, `x-mcp-session-id`) and is ignored.
 */
export function readParameters({ headers, query }: RequestParts, problems: string[]): Parameter[] {
  const parameters: Parameter[] = [];
  const read = (name: Parameter['name'], place: string, values: string[]) => {
    const [value = ''] = values;
    if (values.length > 1) problems.push(`${place} is given more than once.`);
    else parameters.push({ name, value, place });
  };

  const inUrl = valuesByName(query);
  for (const name of PARAMETERS) {
    const values = inUrl.get(name);
    if (values) read(name, `?${name} in the URL`, values);
    const sent = headers[`x-mcp-${name}`];
    if (sent) read(name, `the header x-mcp-${name}`, sent);
  }
  problems.push(
    ...unknownNames(
      'a parameter of this URL',
      [...inUrl].filter(meansOne).map(([name]) => name),
      PARAMETERS,
    ),
    ...unknownNames('a header of this server', namesOfOurs(headers), HEADERS),
  );
  return parameters;
}

/** By name in lower case: `?READONLY=true` can mean one thing only. */
function valuesByName(query: RequestParts['query']): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [key, value = []] of Object.entries(query)) {
    const name = key.toLowerCase();
    values.set(name, [...(values.get(name) ?? []), value].flat());
  }
  return values;
}

/** Whether a parameter of the URL is one of ours, or was meant as one by its name or its value: `?mode=readonly`. */
function meansOne([name, values]: [string, string[]]): boolean {
  // Letters of another alphabet can look like ours.
  const readable = /^[\x20-\x7e]*$/.test(name) && name.trim() !== '';
  return !readable || resembles(name, PARAMETERS) || asksForLess(name) || values.some(asksByValue);
}

/** Only at its beginning: a proxy's header can quote a URL of ours. */
const saysReadOnly = (value: string) => /^\W*(read|no)[\W_]*(only|write)/i.test(value);

/** Whether a value says that only reads are wanted, or names nothing but tools: `?pick=search_reviews,search_posts`. */
function asksByValue(value: string): boolean {
  if (/(?<![a-z])(read|no)[\W_]*(only|write)/i.test(value)) return true;
  const items = value.toLowerCase().match(/\w+/g) ?? [];
  return items.length > 0 && items.every(item => TOOL_NAMES.has(item));
}

const TOOL_NAMES: ReadonlySet<string> = new Set(tools.map(({ name }) => name));

/** The headers that are ours, or were meant as one: `X-Mode: read-only` by its value. */
const namesOfOurs = (headers: RequestParts['headers']) =>
  Object.keys(headers).filter(
    name => headerMeansOne(name) || (name.startsWith('x-') && headers[name]?.some(saysReadOnly)),
  );

/**
 * Whether a header is one of ours, or was meant as one: `X-MCP-Read-Only`, `X-Readonly`, `MCP-Toolset`. The protocol's
 * own (`Mcp-Method`, `Mcp-Name`, …) are far from these.
 */
const headerMeansOne = memo(header => {
  const ours = /mcp|partoo/.test(header) && asksForLess(header);
  return !header.startsWith('mcp-param-') && (ours || resembles(header, PARAMETERS));
});
