import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Formats } from '../kit/locale.ts';
import { SegmentedControl } from '../kit/parts/segmented-control.tsx';
import { Bars } from './charts/bars.tsx';
import { type Choice, FEW, orderRows } from './charts/category-rows.ts';
import type { Dataset } from './data/dataset.ts';
import type { Picture } from './export/picture.ts';
import { MeasureSelect } from './measure-select.tsx';
import { MetricChips, useMetrics } from './metric-chips.tsx';
import type { FigureTexts } from './words/texts.ts';

interface Props {
  dataset: Dataset;
  formats: Formats;
  texts: FigureTexts;
  onContent(content: Picture['content'] | undefined): void;
}

const FIRST_COLUMNS = 3;

/** Businesses, keywords and so on compared by bars. */
export function CategoryView({ dataset, formats, texts, onContent }: Props) {
  const { metrics, measures, rows } = dataset;
  const { selected, toggle } = useMetrics(metrics, metrics.slice(0, FIRST_COLUMNS));
  const isMany = rows.length > FEW + 5;
  const [choice, setChoice] = useState<Choice>(isMany ? 'top' : 'all');
  const [sortId, setSortId] = useState<string>();
  const sorted = measures.find(({ id }) => id === sortId) ?? selected[0]?.measures[0];
  const shown = useMemo(
    () => (sorted ? orderRows(rows, sorted, formats.locale, choice) : rows),
    [rows, sorted, choice, formats.locale],
  );
  const ids = selected.map(({ id }) => id).join();
  useEffect(() => onContent({ kind: 'bars', rows: shown, metrics: selected }), [shown, ids]);

  const few = formats.number(FEW);
  const choices: [Choice, string][] = [
    ['top', texts.top(few)],
    ['bottom', texts.bottom(few)],
    ['all', texts.all(formats.number(rows.length))],
  ];
  return (
    <>
      <MetricChips metrics={metrics} selected={selected} toggle={toggle} texts={texts} />
      <div class="controls">
        {isMany && (
          <SegmentedControl label={texts.order} options={choices} value={choice} onChange={setChoice} />
        )}
        {sorted && measures.length > 1 && (
          <MeasureSelect label={texts.sortBy} metrics={metrics} value={sorted} onChange={setSortId} />
        )}
      </div>
      <Bars dataset={dataset} rows={shown} metrics={selected} formats={formats} texts={texts} />
    </>
  );
}
