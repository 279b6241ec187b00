import { nearest } from '../mcp/nearest.ts';

/**
 * Words in which people ask for less, here or on other servers: `X-MCP-RO`, `?write=false`, `?mode=…`, `?features=…`.
 * A name made of nothing else is taken for one of ours; with any other word in it (`sec-fetch-mode`, `codemode`) it is not.
 */
const ASKING_FOR_LESS = new Set(
  (
    'ro rw read reads reader reading write writes writer writing writable only mode access permission permissions ' +
    'scope scopes role capability capabilities feature features group groups lockdown safe dry run dryrun destructive ' +
    'mutation mutations allow allowed disallow deny denied block blocked enable enabled disable disabled include included exclude ' +
    'excluded hide hidden except without no not true false yes on off'
  ).split(' '),
);

/** Words that say whose it is, not what. */
const OWNER = new Set(['x', 'mcp', 'partoo', 'server']);

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

/** Whether a name asks for less in words of its own. */
export function asksForLess(name: string): boolean {
  const words = wordsOf(name).filter(word => !OWNER.has(word));
  return words.length > 0 && words.every(word => ASKING_FOR_LESS.has(word));
}
