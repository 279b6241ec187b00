import { useEffect, useState } from 'preact/hooks';
import type { Formats } from '../../kit/locale.ts';
import type { Dataset, Row } from '../data/dataset.ts';
import type { Measure, Metric } from '../data/measures.ts';
import { formatValue, valueIn } from '../data/values.ts';
import type { FigureTexts } from '../words/texts.ts';
import { limitOf, longest, partsOf, ratingPlace } from './category-rows.ts';
import { partColor } from './colors.ts';

interface Props {
  dataset: Dataset;
  rows: Row[];
  metrics: Metric[];
  formats: Formats;
  texts: FigureTexts;
}

/** Categories one below the other, with one column of bars for each metric. */
export function Bars({ dataset, rows, metrics, formats, texts }: Props) {
  const longestCount = longest(dataset, metrics);
  const isStacked = useIsNarrow() || metrics.length > MAX_COLUMNS;
  return (
    <div class={isStacked ? 'bars bars-stacked' : 'bars'} data-columns={metrics.length}>
      <div class="bars-head" aria-hidden="true">
        <span>{texts.name}</span>
        {metrics.map(metric => (
          <span key={metric.id}>
            {metric.label}
            {metric.kind === 'rating' && <span class="note"> 1–5</span>}
            {metric.parts && <PartsLegend metric={metric} />}
          </span>
        ))}
      </div>
      <ul>
        {rows.map(row => (
          <li key={row.category.id}>
            <span class="bars-name">
              {row.category.label}
              {row.category.detail && <span class="note"> {row.category.detail}</span>}
            </span>
            {metrics.map(metric => (
              <span class="bars-cell" key={metric.id}>
                <span class="bars-metric">{metric.label}</span>
                {metric.parts ? (
                  <StackedBar row={row} metric={metric} formats={formats} texts={texts} />
                ) : (
                  metric.measures.map(measure => (
                    <Bar
                      key={measure.id}
                      row={row}
                      measure={measure}
                      limit={limitOf(measure, longestCount)}
                      formats={formats}
                      texts={texts}
                    />
                  ))
                )}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** More columns are too narrow to compare bars in. */
const MAX_COLUMNS = 3;
const NARROW = '(max-width: 40rem)';

function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const update = () => setIsNarrow(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  return isNarrow;
}

const percent = (share: number) => `${Math.min(100, share * 100)}%`;

interface BarProps {
  row: Row;
  measure: Measure;
  limit: number;
  formats: Formats;
  texts: FigureTexts;
}

/** From zero on; a rating is a point on its scale. */
function Bar({ row, measure, limit, formats, texts }: BarProps) {
  const value = valueIn(row, measure);
  const text = formatValue(value, measure, formats, texts);
  if (text === undefined) return <span class="bars-value soft">{texts.noData}</span>;
  const { known, below } = value;
  return (
    <>
      {measure.kind === 'rating' && known !== undefined && (
        <span class="scale" aria-hidden="true">
          <i style={{ left: percent(ratingPlace(known)) }} />
        </span>
      )}
      {(measure.kind === 'count' || measure.kind === 'percent') && (
        <span class="track" aria-hidden="true">
          {known !== undefined && <i class="bar" style={{ width: percent(known / limit) }} />}
          {below !== undefined && <i class="bar bar-below" style={{ width: percent(below / limit) }} />}
        </span>
      )}
      <span class="bars-value">{text}</span>
    </>
  );
}

function StackedBar({
  row,
  metric,
  formats,
  texts,
}: Omit<BarProps, 'measure' | 'limit'> & { metric: Metric }) {
  const { parts, total } = partsOf(row, metric);
  if (parts.length === 0) return <span class="bars-value soft">{texts.noData}</span>;
  const words = parts.map(({ measure, share }) => `${measure.label}: ${formats.percent(share)}`);
  return (
    <>
      <span class="track stack" title={words.join('\n')} aria-hidden="true">
        {parts.map(
          ({ measure, share }, index) =>
            share > 0 && (
              <i
                class="bar"
                key={measure.id}
                style={{ width: percent(share), background: `var(${partColor(measure, index)})` }}
              />
            ),
        )}
      </span>
      <span class="visually-hidden">{words.join(', ')}</span>
      {metric.kind === 'count' && <span class="bars-value">{formats.number(total)}</span>}
    </>
  );
}

function PartsLegend({ metric }: { metric: Metric }) {
  return (
    <span class="legend">
      {metric.measures.map((measure, index) => (
        <span key={measure.id}>
          <i style={{ background: `var(${partColor(measure, index)})` }} />
          {measure.label}
        </span>
      ))}
    </span>
  );
}

/** The parts of a single row, such as its stars, each with its share. */
export function Distribution({
  row,
  metric,
  formats,
  texts,
}: Omit<BarProps, 'measure' | 'limit'> & { metric: Metric }) {
  const { parts } = partsOf(row, metric);
  return (
    <figure class="panel">
      <figcaption>
        <h2>{metric.label}</h2>
      </figcaption>
      {parts.length === 0 ? (
        <p class="soft">{texts.noData}</p>
      ) : (
        <ul class="distribution">
          {parts.map(({ measure, value, share }, index) => (
            <li key={measure.id}>
              <span>{measure.label}</span>
              <span class="track" aria-hidden="true">
                <i
                  class="bar"
                  style={{ width: percent(share), background: `var(${partColor(measure, index)})` }}
                />
              </span>
              <b>{formats.percent(share)}</b>
              <span class="note">{metric.kind === 'count' && formats.number(value)}</span>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
