import { useState } from 'preact/hooks';
import { STATES } from '../rows/states.ts';
import { ASKED, type Filters, statesOf } from '../rows/use-posts.ts';
import type { Texts } from '../texts/texts.ts';

export type Layout = 'calendar' | 'list';

interface FilterBarProps {
  input: Record<string, unknown>;
  filters: Filters;
  filter(changed: Partial<Filters>): void;
  layout: Layout;
  setLayout(layout: Layout): void;
  texts: Texts;
}

export function FilterBar({ input, filters, filter, layout, setLayout, texts }: FilterBarProps) {
  const [words, setWords] = useState(filters.words);
  const asked = statesOf(input);
  const search = () => filter({ words: words.trim() });
  return (
    <div class="filter-bar">
      <fieldset class="switch">
        <legend class="visually-hidden">{texts.show}</legend>
        {(['calendar', 'list'] as const).map(each => (
          <button key={each} type="button" aria-pressed={layout === each} onClick={() => setLayout(each)}>
            {each === 'calendar' ? texts.calendar : texts.list}
          </button>
        ))}
      </fieldset>
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
      {/* Not a form: hosts' sandboxes need not allow those. */}
      <div class="words">
        <input
          type="search"
          aria-label={texts.words}
          placeholder={texts.words}
          value={words}
          onKeyDown={({ key }) => key === 'Enter' && search()}
          onInput={({ currentTarget }) => {
            setWords(currentTarget.value);
            // The cross of the field empties it.
            if (currentTarget.value === '' && filters.words !== '') filter({ words: '' });
          }}
        />
        <button type="button" onClick={search}>
          {texts.search}
        </button>
      </div>
    </div>
  );
}
