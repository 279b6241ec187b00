import type { Tool } from '../../tools/definition/define-tool.ts';
import { delimitName } from '../../tools/untrusted-text/delimit-fields.ts';
import { withNonce } from '../../tools/untrusted-text/delimiters.ts';
import { countTokens, NOTE_TOKENS } from './count-tokens.ts';
import { truncateRows } from './truncate-rows.ts';

type Values = Record<string, unknown>;

/** Parts are counted apart, and can cost a few more tokens where they meet. */
const SLACK_TOKENS = 30;
const MAX_NAMES_IN_NOTE = 5;
/** Never left out. */
const ALWAYS_KEPT = new Set(['id', 'status', 'note', 'repeated']);

/** Returns a result as the JSON of a response, truncated to at most `budget` tokens. */
export async function limitTokens(budget: number, tool: Tool, args: Values, result: Values): Promise<string> {
  const text = withNonce(JSON.stringify(result));
  // A token is at least one byte, so most responses need not be counted.
  if (Buffer.byteLength(text) <= budget) return text;
  return withNonce(JSON.stringify(await truncate(tool, args, result, budget)));
}

/**
 * Returns a result of at most `budget` tokens: a list loses rows from its end, an object its largest fields. Its note says what is
 * missing and how to get it.
 */
export async function truncate(tool: Tool, args: Values, result: Values, budget: number): Promise<Values> {
  const rows = tool.view?.rows;
  // Counts come without rows.
  const hasRows = rows !== undefined && Array.isArray(result[rows]) && result[rows].length > 0;
  return hasRows
    ? truncateRows(tool, rows, args, result, budget - SLACK_TOKENS)
    : truncateFields(tool, result, budget - SLACK_TOKENS);
}

async function truncateFields(tool: Tool, result: Values, budget: number): Promise<Values> {
  const costs: [string, number][] = [];
  for (const [name, value] of Object.entries(result)) {
    costs.push([name, await countTokens({ [name]: value }, budget)]);
  }
  let total = costs.reduce((sum, [, tokens]) => sum + tokens, 0);
  if (total <= budget) return result;

  const dropped = new Set<string>();
  for (const [name, tokens] of costs.toSorted(([, a], [, b]) => b - a)) {
    if (total <= budget - NOTE_TOKENS) break;
    if (ALWAYS_KEPT.has(name)) continue;
    total -= tokens;
    dropped.add(name);
  }
  const kept = Object.entries(result).filter(([name]) => !dropped.has(name));
  return { ...Object.fromEntries(kept), note: noteOn(tool, result, [...dropped], kept.length) };
}

function noteOn(tool: Tool, { note }: Values, dropped: string[], kept: number): string {
  // Other names may be long, and written by third parties.
  const names = dropped.filter(name => delimitName(name) === name).slice(0, MAX_NAMES_IN_NOTE);
  const unnamed = dropped.length - names.length;
  const without = [...names, ...(unnamed > 0 ? [`${unnamed} more`] : [])].join(', ');
  const byName = dropped.some(name => tool.view?.columns?.includes(name))
    ? ' Name one alone in fields to get it, if it fits.'
    : '';
  const cut = `Cut to fit: ${kept} of ${kept + dropped.length} fields are shown, without ${without}.${byName}`;
  return typeof note === 'string' ? `${note} ${cut}` : cut;
}
