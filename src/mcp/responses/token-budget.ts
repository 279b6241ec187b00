import type { Tool } from '../../tools/definition/define-tool.ts';
import { delimitName } from '../../tools/untrusted-text/delimit-fields.ts';
import { withNonce } from '../../tools/untrusted-text/delimiters.ts';
import { cutRows } from './cut-rows.ts';
import { answerTokens, NOTE_TOKENS } from './tokens.ts';

type Values = Record<string, unknown>;

/** Pieces are counted apart, and can cost a few tokens more where they meet. */
const SLACK = 30;
/** How many left-out fields are named. */
const NAMED = 5;
/** What an answer says of itself is never left out. */
const SAID = new Set(['id', 'status', 'note', 'repeated']);

/** What was found as an answer's text, cut where it has to be. */
export async function writeWithin(budget: number, tool: Tool, args: Values, found: Values): Promise<string> {
  const text = withNonce(JSON.stringify(found));
  // A token is a byte or more: most answers are too short to be counted.
  if (Buffer.byteLength(text) <= budget) return text;
  return withNonce(JSON.stringify(await cutToBudget(tool, args, found, budget)));
}

/**
 * An answer of no more than `budget` tokens: of a list rows are left out from the end, of an object the largest fields.
 * Its note then says what is left out and how to get it.
 */
export async function cutToBudget(tool: Tool, args: Values, found: Values, budget: number): Promise<Values> {
  return tool.view?.rows === undefined
    ? cutFields(tool, found, budget - SLACK)
    : cutRows(tool, tool.view.rows, args, found, budget - SLACK);
}

async function cutFields(tool: Tool, found: Values, budget: number): Promise<Values> {
  const costs: [string, number][] = [];
  for (const [name, value] of Object.entries(found)) {
    costs.push([name, await answerTokens({ [name]: value }, budget)]);
  }
  let total = costs.reduce((sum, [, tokens]) => sum + tokens, 0);
  if (total <= budget) return found;

  const cut = new Set<string>();
  for (const [name, tokens] of costs.toSorted(([, a], [, b]) => b - a)) {
    if (total <= budget - NOTE_TOKENS) break;
    if (SAID.has(name)) continue;
    total -= tokens;
    cut.add(name);
  }
  const kept = Object.entries(found).filter(([name]) => !cut.has(name));
  return { ...Object.fromEntries(kept), note: noteOn(tool, found, [...cut], kept.length) };
}

function noteOn(tool: Tool, { note }: Values, cut: string[], kept: number): string {
  // Other names are a stranger's, and may be long.
  const names = cut.filter(name => delimitName(name) === name).slice(0, NAMED);
  const unnamed = cut.length - names.length;
  const without = [...names, ...(unnamed > 0 ? [`${unnamed} more`] : [])].join(', ');
  const byName = cut.some(name => tool.view?.columns?.includes(name))
    ? ' A field that fits by itself comes when it is named alone in fields.'
    : '';
  const told = `Cut to fit: ${kept} of ${kept + cut.length} fields are here, without ${without}.${byName}`;
  return typeof note === 'string' ? `${note} ${told}` : told;
}
