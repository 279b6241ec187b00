interface SegmentedControlProps<Value extends string> {
  label: string;
  options: readonly (readonly [value: Value, label: string])[];
  /** None is pressed for a value that is not offered. */
  value: string;
  onChange(value: NoInfer<Value>): void;
}

/** One choice of a few that are all visible. */
export function SegmentedControl<Value extends string>({
  label,
  options,
  value,
  onChange,
}: SegmentedControlProps<Value>) {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{label}</legend>
      {options.map(([option, text]) => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChange(option)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
