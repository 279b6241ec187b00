import type { Mode } from './quota.ts';
import { type KeyService, percent, type Verdict } from './verdict.ts';

export interface Row {
  mode: Mode;
  contestant: string;
  verdict: Verdict;
}

const NONE = '–';

export function report(rows: Row[]): string {
  const totals = rows.map(({ mode, contestant, verdict }) => [
    mode,
    contestant,
    `${verdict.requests}${verdict.whoAmI > 0 ? ` (${verdict.whoAmI} user/me)` : ''}`,
    `${verdict.tooMany}`,
    `${verdict.served} of ${verdict.calls}`,
    `${(verdict.lastAnswerMs / 1000).toFixed(2)} s`,
    `${verdict.worstWindow}`,
    verdict.share === undefined ? NONE : percent(verdict.share),
    // A server that lost calls has no time in which it was done.
    verdict.served < verdict.calls ? NONE : percent(verdict.idealToReal),
  ]);
  const service = rows.flatMap(({ mode, contestant, verdict }) =>
    verdict.keys.map(key => [mode, contestant, key.key, key.perMinute.join(' + '), orderOf(key)]),
  );
  return [
    table(
      [
        'Partoo counts',
        'server',
        'requests',
        '429',
        'served',
        'last',
        'worst 60 s',
        'share used',
        'ideal/real',
      ],
      totals,
    ),
    table(['Partoo counts', 'server', 'key', 'served, by minute', 'in order'], service),
  ].join('\n');
}

/** Rounded down: 100 % is to mean every pair. */
const orderOf = ({ inOrder }: KeyService) =>
  inOrder === undefined ? NONE : percent(Math.floor(inOrder * 1000) / 1000);

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')}\n`;
}
