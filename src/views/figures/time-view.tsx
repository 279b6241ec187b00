import { useEffect, useMemo } from 'preact/hooks';
import type { Formats } from '../kit/locale.ts';
import { LineChart } from './charts/line-chart.tsx';
import { panelsOfMetrics } from './charts/panels.ts';
import type { Dataset } from './data/dataset.ts';
import type { Metric } from './data/measures.ts';
import { formatNumber, valueIn } from './data/values.ts';
import type { Picture } from './export/picture.ts';
import { MetricChips, useMetrics } from './metric-chips.tsx';
import type { PeriodNames } from './words/period-names.ts';
import type { FigureTexts } from './words/texts.ts';

interface Props {
  dataset: Dataset;
  names: PeriodNames;
  formats: Formats;
  texts: FigureTexts;
  theme: string | undefined;
  onContent(content: Picture['content'] | undefined): void;
}

const FIRST_PANELS = 3;

/** Metrics over time. */
export function TimeView({ dataset, names, formats, texts, theme, onContent }: Props) {
  // A rank among periods is no line.
  const metrics = dataset.metrics.filter(({ kind }) => kind !== 'rank');
  const { selected, toggle } = useMetrics(metrics, firstOf(metrics));
  const ids = selected.map(({ id }) => id).join();
  const panels = useMemo(() => panelsOfMetrics(dataset, selected, texts), [dataset, ids, texts]);
  useEffect(() => onContent({ kind: 'lines', panels, names }), [panels, names]);
  const height = panels.length > 1 ? 180 : 260;
  return (
    <>
      <MetricChips metrics={metrics} selected={selected} toggle={toggle} texts={texts} />
      <Latest dataset={dataset} metrics={selected} names={names} formats={formats} texts={texts} />
      {panels.map(panel => (
        <LineChart key={panel.id} {...{ panel, dataset, names, formats, texts, theme, height }} />
      ))}
    </>
  );
}

/** As many metrics as make a few panels. */
function firstOf(metrics: Metric[]): Metric[] {
  const panels = new Set<string>();
  return metrics.filter(({ id, kind, parts }) => {
    const panel = parts ? id : kind;
    if (panels.size >= FIRST_PANELS && !panels.has(panel)) return false;
    panels.add(panel);
    return true;
  });
}

type LatestProps = Pick<Props, 'dataset' | 'names' | 'formats' | 'texts'> & { metrics: Metric[] };

/** The latest complete period, and how it differs from the one before. */
function Latest({ dataset, metrics, names, formats, texts }: LatestProps) {
  const { periods, completeness, rows } = dataset;
  const at = completeness.lastIndexOf('complete');
  const row = rows.find(({ period }) => period === periods[at]);
  const before = completeness[at - 1] === 'complete' && rows.find(({ period }) => period === periods[at - 1]);
  const single = metrics.filter(({ parts }) => !parts).flatMap(({ measures }) => measures);
  if (!row || single.length === 0) return null;
  const signed = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(formats.locale, { ...options, signDisplay: 'exceptZero' });
  return (
    <div class="latest">
      <h2 class="note">
        {names.long(periods[at] ?? '')}
        {before && <> {texts.comparedTo(names.long(periods[at - 1] ?? ''))}</>}
      </h2>
      <dl>
        {single.map(measure => {
          const value = valueIn(row, measure).known;
          const past = before ? valueIn(before, measure).known : undefined;
          if (value === undefined) return null;
          const change =
            past === undefined
              ? ''
              : measure.kind === 'count'
                ? past > 0 && signed({ style: 'percent', maximumFractionDigits: 1 }).format(value / past - 1)
                : signed({ maximumFractionDigits: 2 }).format(value - past);
          return (
            <div key={measure.id}>
              <dt>{measure.label}</dt>
              <dd>
                {formatNumber(value, measure, formats)}
                {change && <span class="change">{change}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
