import { nearest } from '../../core/did-you-mean.ts';

/** Words that say whose it is, not what. */
const OWNER = 'x|mcp|partoo|server';

/**
 * Words in which people ask for less, here or on other servers: `X-MCP-RO`, `?canWrite=false`, `?mode=…`, `?safeMode=…`. A
 * name made of nothing else is taken for one of ours; with any other word in it (`sec-fetch-mode`, `codemode`) it is not.
 */
const ASKING_FOR_LESS =
  'ro|rw|reads?|reader|reading|writes?|writer|writing|writable|writeable|view|viewer|viewing|only|modes?|access|level|' +
  'permissions?|scopes?|roles?|capability|capabilities|features?|groups?|modules?|category|categories|tools?|toolsets?|sets?|' +
  'names|list|filters?|select|selected|lockdown|safe|dry|run|destructive|mutations?|can|is|allow|allowed|disallow|deny|' +
  'denied|block|blocked|enable|enabled|disable|disabled|include|includes|included|exclude|excludes|excluded|hide|hidden|' +
  'except|without|no|not|true|false|yes|on|off|lecture|seule|ecriture';

const OF_OWNER = new RegExp(`^(?:${OWNER})*$`);
const OF_THESE = new RegExp(`^(?:${OWNER}|${ASKING_FOR_LESS})+$`);

const wordsOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');

/** Whether a name is one of `known`, or was probably meant as one: `Read-Only`, `readony`, `tosols`, `xmcptools`. */
export function resembles(name: string, known: readonly string[]): boolean {
  const words = wordsOf(name);
  if (/readonly|toolset/.test(words.join(''))) return true;
  const endings = words.slice(-4).map((_word, from, last) => last.slice(from).join(''));
  return endings
    .flatMap(ending => [ending, ending.replace(/^x?-?mcp/, '')])
    .some(ending => nearest(ending, known, 1 / 4) !== undefined || known.some(each => swapped(ending, each)));
}

/** The same letters in another order: two of them were swapped. */
const swapped = (name: string, known: string) =>
  name.length === known.length && [...name].toSorted().join('') === [...known].toSorted().join('');

/** Whether a name asks for less in words of its own, with anything or nothing between them. */
export function asksForLess(name: string): boolean {
  const letters = wordsOf(name).join('');
  return OF_THESE.test(letters) && !OF_OWNER.test(letters);
}
