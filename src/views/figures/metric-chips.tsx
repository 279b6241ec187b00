import { useState } from 'preact/hooks';
import type { Metric } from './data/measures.ts';
import type { FigureTexts } from './words/texts.ts';

/** At least one metric is selected. */
export function useMetrics(metrics: Metric[], first: Metric[]) {
  const [ids, setIds] = useState(() => first.map(({ id }) => id));
  const selected = metrics.filter(({ id }) => ids.includes(id));
  const toggle = (id: string) => {
    const next = ids.includes(id) ? ids.filter(each => each !== id) : [...ids, id];
    if (next.length > 0) setIds(next);
  };
  return { selected: selected.length > 0 ? selected : metrics.slice(0, 1), toggle };
}

interface Props {
  metrics: Metric[];
  selected: Metric[];
  toggle(id: string): void;
  texts: FigureTexts;
}

export function MetricChips({ metrics, selected, toggle, texts }: Props) {
  if (metrics.length < 2) return null;
  return (
    <fieldset class="chips">
      <legend class="visually-hidden">{texts.metrics}</legend>
      {metrics.map(({ id, label }) => (
        <button
          type="button"
          key={id}
          aria-pressed={selected.some(metric => metric.id === id)}
          onClick={() => toggle(id)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
