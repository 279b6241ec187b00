import type { Tool } from '../tools/define-tool.ts';
import { cutRows } from './cut-rows.ts';
import { answerTokens, surelyFits } from './tokens.ts';

type Values = Record<string, unknown>;

/** What it costs at most to say what was left out. */
const NOTE_TOKENS = 250;
/** How many left-out fields are named. */
const NAMED = 10;

/**
 * An answer of no more than `budget` tokens: of a list rows are left out from the end, of an object the largest fields.
 * Its note then says what is left out and how to get it.
 */
export async function cutToBudget(tool: Tool, args: Values, found: Values, budget: number): Promise<Values> {
  if (surelyFits(JSON.stringify(found), budget)) return found;
  if ((await answerTokens(found)) <= budget) return found;
  const room = budget - NOTE_TOKENS;
  return tool.view?.rows === undefined
    ? cutFields(found, room)
    : cutRows(tool, tool.view.rows, args, found, room);
}

async function cutFields(found: Values, room: number): Promise<Values> {
  const costs: [string, number][] = [];
  for (const [name, value] of Object.entries(found))
    costs.push([name, await answerTokens({ [name]: value })]);
  let total = costs.reduce((sum, [, tokens]) => sum + tokens, 0);
  const cut: string[] = [];
  for (const [name, tokens] of costs.toSorted(([, a], [, b]) => b - a)) {
    if (total <= room) break;
    total -= tokens;
    cut.push(name);
  }
  const names =
    cut.slice(0, NAMED).join(', ') + (cut.length > NAMED ? ` and ${cut.length - NAMED} more` : '');
  const kept = Object.entries(found).filter(([name]) => !cut.includes(name));
  return {
    ...Object.fromEntries(kept),
    note: `Cut to fit: ${kept.length} of ${costs.length} fields are here, without ${names}. A field that fits by itself comes when it is named alone in fields.`,
  };
}
