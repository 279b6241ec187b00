import { useState } from 'preact/hooks';
import type { Language } from '../locale.ts';
import { COMMON } from '../texts.ts';

interface SearchFieldProps {
  label: string;
  value: string;
  language: Language;
  onSearch(words: string): void;
}

/** Not a form: a sandbox without allow-forms drops its submission. */
export function SearchField({ label, value, language, onSearch }: SearchFieldProps) {
  const [words, setWords] = useState(value);
  const search = () => onSearch(words.trim());
  return (
    <div class="search-field">
      <input
        type="search"
        enterkeyhint="search"
        aria-label={label}
        placeholder={label}
        value={words}
        onKeyDown={({ key }) => key === 'Enter' && search()}
        onInput={({ currentTarget }) => {
          setWords(currentTarget.value);
          // The cross of the field empties it.
          if (currentTarget.value === '' && value !== '') onSearch('');
        }}
      />
      <button type="button" onClick={search}>
        {COMMON[language].search}
      </button>
    </div>
  );
}
