import type { Language } from '../../kit/locale.ts';
import { SearchField } from '../../kit/parts/search-field.tsx';
import { SegmentedControl } from '../../kit/parts/segmented-control.tsx';
import type { Values } from '../../kit/values.ts';
import { STATES } from '../rows/states.ts';
import { ASKED, type Filters, statesOf } from '../rows/use-posts.ts';
import type { Texts } from '../texts/texts.ts';

export type Layout = 'calendar' | 'list';

interface FilterBarProps {
  input: Values;
  filters: Filters;
  filter(changed: Partial<Filters>): void;
  layout: Layout;
  setLayout(layout: Layout): void;
  texts: Texts;
  language: Language;
}

export function FilterBar({ input, filters, filter, layout, setLayout, texts, language }: FilterBarProps) {
  const asked = statesOf(input);
  return (
    <div class="filter-bar">
      <SegmentedControl
        label={texts.show}
        options={[
          ['calendar', texts.calendar],
          ['list', texts.list],
        ]}
        value={layout}
        onChange={setLayout}
      />
      <select
        aria-label={texts.state}
        value={filters.state}
        onChange={({ currentTarget }) => filter({ state: currentTarget.value })}
      >
        <option value="">{texts.allStates}</option>
        {asked.length > 1 && <option value={ASKED}>{asked.map(texts.stateOf).join(', ')}</option>}
        {STATES.map(state => (
          <option key={state} value={state}>
            {texts.stateOf(state)}
          </option>
        ))}
      </select>
      <SearchField
        label={texts.words}
        value={filters.words}
        language={language}
        onSearch={words => filter({ words })}
      />
    </div>
  );
}
