import type { Language } from '../../kit/locale.ts';
import { SearchField } from '../../kit/parts/search-field.tsx';
import { SegmentedControl } from '../../kit/parts/segmented-control.tsx';
import { platformName } from '../../kit/platforms.ts';
import { type Filters, isSame, itemsOf, PLATFORMS, RATING_FILTERS, RATINGS } from '../model/query.ts';
import type { Texts } from '../texts/texts.ts';

interface Props {
  filters: Filters;
  texts: Texts;
  onChange(filters: Filters): void;
}

const TABS = ['not_treated', 'treated', ''];
const STARS = ['5', '4', '3', '2', '1'];

export function FilterBar({ filters, texts, language, onChange }: Props & { language: Language }) {
  return (
    <search class="filters" aria-label={texts.filters}>
      <SegmentedControl
        label={texts.state}
        options={TABS.map(state => [state, texts.states[state] ?? texts.all])}
        value={String(filters.state__in ?? '')}
        onChange={state => onChange({ ...filters, state__in: state === '' ? undefined : [state] })}
      />
      <PlatformSelect {...{ filters, texts, onChange }} />
      <RatingSelect {...{ filters, texts, onChange }} />
      <SearchField
        key={String(filters.keywords)}
        label={texts.wordsHint}
        value={(filters.keywords ?? []).join(', ')}
        language={language}
        onSearch={words => {
          const keywords = words === '' ? undefined : itemsOf(words);
          if (!isSame(keywords, filters.keywords)) onChange({ ...filters, keywords });
        }}
      />
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

function without(filters: Filters, names: readonly (keyof Filters)[]): Filters {
  const left = { ...filters };
  for (const name of names) delete left[name];
  return left;
}
