import { GRADES } from '../checks/belief.ts';
import type { Finding } from '../checks/check-beliefs.ts';
import type { Outcome } from '../model/verdict.ts';
import { placeOf } from './code-place.ts';

const MARKS: Record<Outcome, string> = { confirmed: '✓', contradicted: '✗', 'not tested': '·' };

export const LEGEND = [
  'Each line is something that this server assumes about Partoo, with how well it was known:',
  ...Object.entries(GRADES).map(([grade, meaning]) => `  ${grade}  ${meaning}`),
  `${MARKS.confirmed} confirmed   ${MARKS.contradicted} contradicted   ${MARKS['not tested']} not tested`,
].join('\n');

export function lineOf({ belief, verdict }: Finding): string {
  const { outcome, detail } = verdict;
  const line = `${MARKS[outcome]} ${belief.grade}  ${belief.id}: ${belief.says}`;
  const reason = detail === undefined ? [] : [`       ${outcome}: ${detail}`];
  const place = outcome === 'contradicted' ? [`       ${placeOf(belief.code)}`] : [];
  return [line, ...reason, ...place].join('\n');
}

export function totalsOf(findings: Finding[]): Record<Outcome, number> {
  const totals = { confirmed: 0, contradicted: 0, 'not tested': 0 };
  for (const { verdict } of findings) totals[verdict.outcome]++;
  return totals;
}

export const summaryOf = (findings: Finding[]) =>
  Object.entries(totalsOf(findings))
    .map(([outcome, number]) => `${number} ${outcome}`)
    .join(', ');
