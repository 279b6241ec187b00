import { asText } from '../support/table.ts';
import type { Mode } from './quota.ts';
import { type KeyService, percent, type Verdict } from './verdict.ts';

export interface Row {
  mode: Mode;
  baseline: string;
  verdict: Verdict;
}

const NONE = '–';

export function report(rows: Row[]): string {
  const totals = rows.map(({ mode, baseline, verdict }) => [
    mode,
    baseline,
    `${verdict.requests}${verdict.keyLookups > 0 ? ` (${verdict.keyLookups} user/me)` : ''}`,
    `${verdict.tooMany}`,
    `${verdict.served} of ${verdict.calls}`,
    `${(verdict.lastEndedMs / 1000).toFixed(2)} s`,
    `${verdict.worstWindow}`,
    verdict.share === undefined ? NONE : percent(verdict.share),
    // A server that lost calls never finished.
    verdict.served < verdict.calls ? NONE : percent(verdict.idealToReal),
  ]);
  const service = rows.flatMap(({ mode, baseline, verdict }) =>
    verdict.keys.map(key => [mode, baseline, key.key, key.perMinute.join(' + '), orderOf(key)]),
  );
  const head = [
    'Partoo counts',
    'server',
    'requests',
    '429',
    'served',
    'last',
    'worst 60 s',
    'share used',
    'ideal/real',
  ];
  const serviceHead = ['Partoo counts', 'server', 'key', 'served, by minute', 'in order'];
  return [asText({ head, rows: totals }), asText({ head: serviceHead, rows: service })].join('\n');
}

/** Rounded down, so that 100 % means every pair. */
const orderOf = ({ inOrder }: KeyService) =>
  inOrder === undefined ? NONE : percent(Math.floor(inOrder * 1000) / 1000);
