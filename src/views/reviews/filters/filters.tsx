import { useId, useState } from 'preact/hooks';
import { type Filters, isSame, PLATFORMS, RATING_FILTERS, RATINGS } from '../model/query.ts';
import { platformName, type Texts } from '../texts/texts.ts';

interface Props {
  filters: Filters;
  texts: Texts;
  onChange(filters: Filters): void;
}

const TABS = [['not_treated'], ['treated'], undefined];
const STARS = ['5', '4', '3', '2', '1'];

export function FilterBar({ filters, texts, onChange }: Props) {
  const tabLabel = (states: string[] | undefined) => (states?.[0] && texts.states[states[0]]) ?? texts.all;
  return (
    <search class="filters" aria-label={texts.filters}>
      <fieldset class="tabs">
        <legend class="visually-hidden">{texts.state}</legend>
        {TABS.map(states => (
          <button
            type="button"
            key={String(states)}
            aria-pressed={isSame(filters.state__in, states)}
            onClick={() => onChange({ ...filters, state__in: states })}
          >
            {tabLabel(states)}
          </button>
        ))}
      </fieldset>
      <PlatformSelect {...{ filters, texts, onChange }} />
      <RatingSelect {...{ filters, texts, onChange }} />
      <Words key={String(filters.keywords)} {...{ filters, texts, onChange }} />
    </search>
  );
}

function PlatformSelect({ filters, texts, onChange }: Props) {
  const { partner__in: chosen = [] } = filters;
  const options = [[], ...PLATFORMS.map(platform => [platform])];
  const all = options.some(option => isSame(option, chosen)) ? options : [...options, chosen];
  return (
    <select
      aria-label={texts.platform}
      value={String(chosen)}
      onChange={({ currentTarget: { value } }) => {
        const platforms = value ? value.split(',') : undefined;
        // A filter by the ratings of another platform would leave nothing.
        const others = RATING_FILTERS.filter(
          name => platforms && !platforms.some(platform => ratingFilterOf(platform) === name),
        );
        onChange({ ...without(filters, others), partner__in: platforms });
      }}
    >
      {all.map(option => (
        <option key={String(option)} value={String(option)}>
          {option.map(platformName).join(', ') || texts.anyPlatform}
        </option>
      ))}
    </select>
  );
}

/** Partoo filters by the ratings of one platform at a time. */
function RatingSelect({ filters, texts, onChange }: Props) {
  const { partner__in: platforms = PLATFORMS } = filters;
  const given = RATING_FILTERS.flatMap(name => (filters[name] ?? []).map(value => `${name}=${value}`));
  const chosen = given.join('&');
  const groups = PLATFORMS.filter(platform => platforms.includes(platform));
  const isOffered =
    given.length === 0 ||
    (given.length === 1 && groups.some(platform => chosen.startsWith(`${RATINGS[platform]}=`)));
  return (
    <select
      aria-label={texts.rating}
      value={chosen}
      onChange={({ currentTarget: { value } }) => {
        const [name, rating] = value.split('=') as [keyof Filters, string | undefined];
        onChange({ ...without(filters, RATING_FILTERS), ...(rating && { [name]: [rating] }) });
      }}
    >
      <option value="">{texts.anyRating}</option>
      {!isOffered && <option value={chosen}>{labelOfRatings(filters, texts)}</option>}
      {groups.map(platform => (
        <optgroup key={platform} label={platformName(platform)}>
          {(platform === 'facebook' ? ['true', 'false'] : STARS).map(value => (
            <option key={value} value={`${RATINGS[platform]}=${value}`}>
              {labelOfRating(value, texts)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

const ratingFilterOf = (platform: string): string | undefined =>
  (RATINGS as Record<string, string>)[platform];

function labelOfRating(value: string, texts: Texts): string {
  if (value === 'true') return texts.recommends;
  if (value === 'false') return texts.doesNotRecommend;
  return '★'.repeat(Number(value) || 0) || value;
}

/** Of a call that had several. */
const labelOfRatings = (filters: Filters, texts: Texts) =>
  PLATFORMS.filter(platform => filters[RATINGS[platform]])
    .map(platform => {
      const values = filters[RATINGS[platform]] ?? [];
      const shown = platform === 'facebook' ? values.map(value => labelOfRating(value, texts)) : values;
      return `${platformName(platform)} ${shown.join(', ')}${platform === 'facebook' ? '' : ' ★'}`;
    })
    .join(' · ');

/** Not a form: a sandbox without allow-forms drops its submission. */
function Words({ filters, texts, onChange }: Props) {
  const field = useId();
  const [words, setWords] = useState((filters.keywords ?? []).join(', '));
  const search = (words: string) => {
    const keywords = words
      .split(',')
      .map(word => word.trim())
      .filter(Boolean);
    const wanted = keywords.length > 0 ? keywords : undefined;
    if (!isSame(wanted, filters.keywords)) onChange({ ...filters, keywords: wanted });
  };
  return (
    <div class="words-field">
      <label for={field} class="visually-hidden">
        {texts.wordsHint}
      </label>
      <input
        id={field}
        type="search"
        enterkeyhint="search"
        placeholder={texts.wordsHint}
        value={words}
        onInput={event => setWords(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') search(words);
        }}
        // Also when the field is cleared by its own button.
        onSearch={event => search(event.currentTarget.value)}
      />
      <button type="button" onClick={() => search(words)}>
        {texts.search}
      </button>
    </div>
  );
}

function without(filters: Filters, names: readonly (keyof Filters)[]): Filters {
  const left = { ...filters };
  for (const name of names) delete left[name];
  return left;
}
