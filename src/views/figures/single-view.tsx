import { useEffect } from 'preact/hooks';
import type { Formats } from '../kit/locale.ts';
import { Distribution } from './charts/bars.tsx';
import type { Dataset } from './data/dataset.ts';
import { formatValue, valueIn } from './data/values.ts';
import type { Picture } from './export/picture.ts';
import type { FigureTexts } from './words/texts.ts';

interface Props {
  dataset: Dataset;
  formats: Formats;
  texts: FigureTexts;
  onContent(content: Picture['content'] | undefined): void;
}

/** One row for all: its numbers, and its distributions as bars. */
export function SingleView({ dataset, formats, texts, onContent }: Props) {
  const { rows, metrics } = dataset;
  const [row] = rows;
  useEffect(() => onContent(row && { kind: 'single', row, metrics }), [row, metrics]);
  if (!row) return null;
  const single = metrics.filter(({ parts }) => !parts).flatMap(({ measures }) => measures);
  return (
    <>
      {single.length > 0 && (
        <dl class="numbers">
          {single.map(measure => (
            <div key={measure.id}>
              <dt>{measure.label}</dt>
              <dd>{formatValue(valueIn(row, measure), measure, formats, texts) ?? texts.noData}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="distributions">
        {metrics
          .filter(({ parts }) => parts)
          .map(metric => (
            <Distribution key={metric.id} row={row} metric={metric} formats={formats} texts={texts} />
          ))}
      </div>
    </>
  );
}
