import { memo } from '../../core/memo.ts';
import { nearest, unknownNames } from '../../core/text/did-you-mean.ts';
import { tools } from '../../tools/index.ts';

/** The parameters of a tool filter: each works in the URL, and as a header with the prefix `x-mcp-`. */
export const PARAMETERS = ['readonly', 'toolsets', 'tools'] as const;
export const HEADERS = PARAMETERS.map(name => `x-mcp-${name}`);

type Values = NodeJS.Dict<string[]>;

/**
 * One problem each for URL parameters and headers that were probably meant as a tool filter: a misspelt `readonly` would
 * leave write tools enabled. Other names belong to the client or a proxy (`?utm_source=`, `x-mcp-session-id`).
 */
export function nearMisses(query: Values, headers: Values): string[] {
  const inUrl = Object.keys(query).filter(name => isMeantAsParameter(name, query[name]));
  const inHeaders = Object.keys(headers).filter(
    name => isMeantAsHeader(name) || (name.startsWith('x-') && headers[name]?.some(beginsWithReadOnly)),
  );
  return [
    ...unknownNames('a parameter of this URL', inUrl, PARAMETERS),
    ...unknownNames('a header of this server', inHeaders, HEADERS),
  ];
}

/** Whether a URL parameter looks like a tool filter by its name or a value: `?mode=readonly`, `?pick=search_reviews,search_posts`. */
function isMeantAsParameter(name: string, values: string[] = []): boolean {
  // Letters of other alphabets can look like ours.
  if (!/^[\x20-\x7e]*$/.test(name) || name.trim() === '') return true;
  return isKnownOrMisspelt(name, PARAMETERS) || hasFilterWords(name) || values.some(isFilterValue);
}

/** Whether a value contains a form of "read only" or "no write", or lists nothing but tools. */
function isFilterValue(value: string): boolean {
  if (/(?<![a-z])(read|no)[\W_]*(only|write)/i.test(value)) return true;
  const items = value.toLowerCase().match(/\w+/g) ?? [];
  return items.length > 0 && items.every(item => TOOL_NAMES.has(item));
}

const TOOL_NAMES: ReadonlySet<string> = new Set(tools.map(({ name }) => name));

/** Only at the beginning: a proxy's header can quote a URL of ours. */
const beginsWithReadOnly = (value: string) => /^\W*(read|no)[\W_]*(only|write)/i.test(value);

/** Whether a header looks like a tool filter by its name: `X-MCP-Read-Only`, `MCP-Toolset`. The protocol's own (`Mcp-Method`) are not close. */
const isMeantAsHeader = memo(header => {
  if (header.startsWith('mcp-param-')) return false;
  return (/mcp|partoo/.test(header) && hasFilterWords(header)) || isKnownOrMisspelt(header, PARAMETERS);
});

/** Words of a name that say whose parameter it is. */
const PREFIXES = 'x|mcp|partoo|server';

/**
 * Words in which people ask to restrict tools, here or on other servers: `X-MCP-RO`, `?canWrite=false`, `?safeMode=…`. A
 * name made only of these is a near-miss; a name with any other word (`sec-fetch-mode`, `codemode`) is no near-miss.
 */
const FILTER_WORDS =
  'ro|rw|reads?|reader|reading|writes?|writer|writing|writable|writeable|view|viewer|viewing|only|modes?|access|level|' +
  'permissions?|scopes?|roles?|capability|capabilities|features?|groups?|modules?|category|categories|tools?|toolsets?|sets?|' +
  'names|list|filters?|select|selected|lockdown|safe|dry|run|destructive|mutations?|can|is|allow|allowed|disallow|deny|' +
  'denied|block|blocked|enable|enabled|disable|disabled|include|includes|included|exclude|excludes|excluded|hide|hidden|' +
  'except|without|no|not|true|false|yes|on|off|lecture|seule|ecriture';

const ONLY_PREFIXES = new RegExp(`^(?:${PREFIXES})*$`);
const ONLY_FILTER_WORDS = new RegExp(`^(?:${PREFIXES}|${FILTER_WORDS})+$`);

/** Whether a name is made only of words that people use for tool filters, whatever stands between them. */
export function hasFilterWords(name: string): boolean {
  const letters = wordsOf(name).join('');
  return ONLY_FILTER_WORDS.test(letters) && !ONLY_PREFIXES.test(letters);
}

/** Whether a name is one of `known` or a misspelling of one: `Read-Only`, `readony`, `tosols`, `xmcptools`. */
function isKnownOrMisspelt(name: string, known: readonly string[]): boolean {
  const words = wordsOf(name);
  if (/readonly|toolset/.test(words.join(''))) return true;
  const endings = words.slice(-4).map((_word, from, last) => last.slice(from).join(''));
  return endings
    .flatMap(ending => [ending, ending.replace(/^x?-?mcp/, '')])
    .some(
      ending => nearest(ending, known, 1 / 4) !== undefined || known.some(each => isAnagram(ending, each)),
    );
}

const wordsOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? [];

/** Swapped letters count as two edits, which is too far for a short name. */
const isAnagram = (name: string, known: string) =>
  name.length === known.length && [...name].toSorted().join('') === [...known].toSorted().join('');
