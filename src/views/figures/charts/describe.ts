import type { Formats } from '../../kit/locale.ts';
import type { Dataset } from '../data/dataset.ts';
import { formatNumber, valueIn } from '../data/values.ts';
import type { PeriodNames } from '../words/period-names.ts';
import type { FigureTexts } from '../words/texts.ts';
import type { Line, Panel } from './panels.ts';

/** Says in words what a chart shows. */
export function describePanel(
  panel: Panel,
  { periods }: Dataset,
  names: PeriodNames,
  formats: Formats,
  texts: FigureTexts,
): string {
  const shown = panel.lines.filter(({ isMuted }) => !isMuted);
  const describe = ({ label, measure, rows }: Line) => {
    const known = rows.flatMap((row, index) => {
      const value = row && valueIn(row, measure).known;
      return value === undefined ? [] : [{ value, at: names.long(periods[index] ?? '') }];
    });
    const [first] = known;
    if (!first) return texts.describe.none(label);
    const low = known.reduce((a, b) => (b.value < a.value ? b : a), first);
    const high = known.reduce((a, b) => (b.value > a.value ? b : a), first);
    const last = known.at(-1) ?? first;
    const format = (value: number) => formatNumber(value, measure, formats);
    return texts.describe.line(
      label,
      format(low.value),
      low.at,
      format(high.value),
      high.at,
      format(last.value),
    );
  };
  return [texts.describe.lines(formats.number(panel.lines.length)), ...shown.map(describe)].join(' ');
}
