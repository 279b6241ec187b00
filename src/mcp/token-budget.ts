import type { Tool } from '../tools/define-tool.ts';
import { cutRows } from './cut-rows.ts';
import { answerTokens, NOTE_TOKENS, surelyFits } from './tokens.ts';

type Values = Record<string, unknown>;

/** How many left-out fields are named. */
const NAMED = 10;

/**
 * An answer of no more than `budget` tokens: of a list rows are left out from the end, of an object the largest fields.
 * Its note then says what is left out and how to get it.
 */
export async function cutToBudget(tool: Tool, args: Values, found: Values, budget: number): Promise<Values> {
  if (surelyFits(JSON.stringify(found), budget)) return found;
  return tool.view?.rows === undefined
    ? cutFields(found, budget)
    : cutRows(tool, tool.view.rows, args, found, budget);
}

async function cutFields(found: Values, budget: number): Promise<Values> {
  const costs: [string, number][] = [];
  for (const [name, value] of Object.entries(found)) {
    costs.push([name, await answerTokens({ [name]: value }, budget)]);
  }
  let total = costs.reduce((sum, [, tokens]) => sum + tokens, 0);
  if (total <= budget) return found;

  const cut: string[] = [];
  for (const [name, tokens] of costs.toSorted(([, a], [, b]) => b - a)) {
    if (total <= budget - NOTE_TOKENS) break;
    total -= tokens;
    cut.push(name);
  }
  const kept = Object.entries(found).filter(([name]) => !cut.includes(name));
  const names =
    cut.slice(0, NAMED).join(', ') + (cut.length > NAMED ? ` and ${cut.length - NAMED} more` : '');
  const note =
    `Cut to fit: ${kept.length} of ${costs.length} fields are here, without ${names}. ` +
    'A field that fits by itself comes when it is named alone in fields.';
  return { ...Object.fromEntries(kept), note };
}
