import { useId } from 'preact/hooks';
import type { Measure, Metric } from './data/measures.ts';

interface Props {
  label: string;
  metrics: Metric[];
  value: Measure;
  onChange(id: string): void;
}

export function MeasureSelect({ label, metrics, value, onChange }: Props) {
  const id = useId();
  return (
    <span class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value.id} onChange={event => onChange(event.currentTarget.value)}>
        {metrics.flatMap(metric =>
          metric.parts ? (
            <optgroup key={metric.id} label={metric.label}>
              {metric.measures.map(measure => (
                <option key={measure.id} value={measure.id}>
                  {measure.label}
                </option>
              ))}
            </optgroup>
          ) : (
            metric.measures.map(measure => (
              <option key={measure.id} value={measure.id}>
                {measure.label}
              </option>
            ))
          ),
        )}
      </select>
    </span>
  );
}
