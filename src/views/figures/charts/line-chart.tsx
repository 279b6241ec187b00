import 'uplot/dist/uPlot.min.css';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Formats } from '../../kit/locale.ts';
import type { Dataset } from '../data/dataset.ts';
import { formatNumber, formatValue, valueIn } from '../data/values.ts';
import type { PeriodNames } from '../words/period-names.ts';
import type { FigureTexts } from '../words/texts.ts';
import { colorResolver } from './colors.ts';
import { describePanel } from './describe.ts';
import { lineData, lineOptions } from './line-options.ts';
import type { Line, Panel } from './panels.ts';

interface Props {
  panel: Panel;
  dataset: Dataset;
  names: PeriodNames;
  formats: Formats;
  texts: FigureTexts;
  theme: string | undefined;
  height: number;
}

/** Lines over time. The values of a period show under the pointer and with the arrow keys. */
export function LineChart({ panel, dataset, names, formats, texts, theme, height }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [hovered, setHovered] = useState<number>();
  const id = useId();
  const { periods, completeness } = dataset;
  const last = periods.length - 1;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const isComplete = completeness.map(state => state === 'complete');
    const [measure] = panel.lines.map(line => line.measure);
    const options = lineOptions(panel, {
      width: Math.max(200, element.clientWidth),
      height,
      scale: 1,
      font: getComputedStyle(element).fontFamily,
      color: colorResolver(),
      isComplete,
      label: index => names.short(periods[index] ?? ''),
      number: value =>
        panel.kind === 'percent' && measure ? formatNumber(value, measure, formats) : formats.number(value),
      onHover: setHovered,
    });
    const chart = new uPlot(options, lineData(panel, isComplete), element);
    plot.current = chart;
    const observer = new ResizeObserver(() => {
      const width = Math.max(200, element.clientWidth);
      if (width !== chart.width) chart.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [panel, theme, height]);

  function move(event: KeyboardEvent): void {
    const from = hovered ?? last + 1;
    const steps: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last };
    const to = steps[event.key];
    if (event.key === 'Escape') plot.current?.setCursor({ left: -10, top: -10 });
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, to));
    plot.current?.setCursor({ left: plot.current.valToPos(index, 'x'), top: 10 });
    setHovered(index);
  }

  const shown = panel.lines.filter(({ isMuted }) => !isMuted);
  const valueAt = ({ rows, measure }: Line, index: number) => {
    const row = rows[index];
    return (row && formatValue(valueIn(row, measure), measure, formats, texts)) ?? texts.noData;
  };
  const at = hovered ?? last;
  const period = names.long(periods[at] ?? '');
  const when = completeness[at] === 'complete' ? period : `${period} (${texts.incomplete})`;
  const values = shown.map(line => `${line.label}: ${valueAt(line, at)}`).join(', ');
  return (
    <figure class="panel">
      <figcaption>
        <h2>{panel.title}</h2>
        {panel.kind === 'rating' && <span class="note">{texts.ratingScale}</span>}
        <span class="readout note" aria-hidden="true">
          {hovered !== undefined && (
            <>
              {when}
              {shown.length === 1 && shown[0] && <b>{valueAt(shown[0], hovered)}</b>}
            </>
          )}
        </span>
      </figcaption>
      {shown.length > 1 && (
        <ul class="legend">
          {shown.map(line => (
            <li key={line.id}>
              <i style={{ background: `var(${line.color})` }} />
              {line.label}
              {hovered !== undefined && <b>{valueAt(line, hovered)}</b>}
            </li>
          ))}
        </ul>
      )}
      <p class="visually-hidden" id={id}>
        {describePanel(panel, dataset, names, formats, texts)}
      </p>
      <div
        class="plot"
        ref={frame}
        role="slider"
        tabIndex={0}
        aria-label={texts.explore(panel.title)}
        aria-describedby={id}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={`${when}: ${values}`}
        onKeyDown={move}
      />
    </figure>
  );
}
