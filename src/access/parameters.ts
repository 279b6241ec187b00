import { LRUCache } from 'lru-cache';
import { nearest } from '../mcp/nearest.ts';
import { unknownNames } from './unknown-names.ts';

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
 * The parameters of a request. What looks like one and is none is a problem, never ignored: whoever misspells
 * `readonly` would be left with all that writes.
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
    ...unknownNames('a parameter of this URL', [...inUrl.keys()], PARAMETERS),
    ...unknownNames('a header of this server', Object.keys(headers).filter(looksLikeOurs), HEADERS),
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

/**
 * Whether a header is one of ours, or was meant as one: `X-MCP-Read-Only`, `X-Readonly`, `MCP-Toolset`. The protocol's
 * own (`Mcp-Method`, `Mcp-Name`, …) are far from these.
 */
function looksLikeOurs(header: string): boolean {
  const known = verdicts.get(header);
  if (known !== undefined) return known;
  const verdict = resembles(header);
  verdicts.set(header, verdict);
  return verdict;
}

/** Nearly every request comes with headers that one before it had. */
const verdicts = new LRUCache<string, boolean>({ max: 500 });

function resembles(header: string): boolean {
  if (header.startsWith('mcp-param-')) return false;
  const words = header.split(/[^a-z0-9]+/);
  if (/^xmcp|readonly|toolset/.test(words.join(''))) return true;
  const endings = words.slice(-4).map((_word, from, last) => last.slice(from).join(''));
  // One letter in four: `readony` is `readonly` misspelt.
  return endings.some(ending => nearest(ending, PARAMETERS, 1 / 4) !== undefined);
}
