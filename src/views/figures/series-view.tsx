import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Formats } from '../kit/locale.ts';
import { MAX_HIGHLIGHTED } from './charts/colors.ts';
import { LineChart } from './charts/line-chart.tsx';
import { panelOfSeries, seriesOf } from './charts/panels.ts';
import type { Dataset } from './data/dataset.ts';
import type { Picture } from './export/picture.ts';
import { MeasureSelect } from './measure-select.tsx';
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

/** How many of many lines are in color before the person chooses. */
const FIRST_OF_MANY = 5;

/** One line for each category over time: a few in color, the others grey. */
export function SeriesView({ dataset, names, formats, texts, theme, onContent }: Props) {
  const metrics = dataset.metrics.filter(({ kind }) => kind !== 'rank');
  const measures = metrics.flatMap(metric => metric.measures);
  const [measureId, setMeasureId] = useState<string>();
  const [chosen, setChosen] = useState<string[]>();
  const measure = measures.find(({ id }) => id === measureId) ?? measures[0];
  const series = useMemo(() => (measure ? seriesOf(dataset, measure) : []), [dataset, measure]);
  const isMany = series.length > MAX_HIGHLIGHTED;
  const ids = series.map(({ id }) => id);
  const highlighted = chosen ?? ids.slice(0, isMany ? FIRST_OF_MANY : MAX_HIGHLIGHTED);
  const panel = useMemo(
    () => (measure ? panelOfSeries(measure, series, highlighted) : undefined),
    [measure, series, highlighted.join('|')],
  );
  useEffect(() => onContent(panel && { kind: 'lines', panels: [panel], names }), [panel, names]);
  if (!measure || !panel) return null;

  const toggle = (id: string) =>
    setChosen(highlighted.includes(id) ? highlighted.filter(each => each !== id) : [...highlighted, id]);
  const isFull = highlighted.length >= MAX_HIGHLIGHTED;
  return (
    <>
      {measures.length > 1 && (
        <MeasureSelect label={texts.metric} metrics={metrics} value={measure} onChange={setMeasureId} />
      )}
      <LineChart {...{ panel, dataset, names, formats, texts, theme }} height={280} />
      {series.length > 1 && (
        <details class="picker">
          <summary>
            {texts.highlighted(formats.number(highlighted.length), formats.number(series.length))}
          </summary>
          {isMany && <p class="note">{texts.atMost(formats.number(MAX_HIGHLIGHTED))}</p>}
          <ul>
            {series.map(({ id, label }) => {
              const isOn = highlighted.includes(id);
              return (
                <li key={id}>
                  <label>
                    <input
                      type="checkbox"
                      checked={isOn}
                      disabled={!isOn && isFull}
                      onChange={() => toggle(id)}
                    />
                    {label}
                  </label>
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </>
  );
}
