import type { Formats } from '../kit/locale.ts';
import { platformName } from '../kit/platforms.ts';
import { isValues, type Values } from '../kit/values.ts';
import { Rating } from './rating.tsx';
import type { Texts } from './texts/texts.ts';

/** The counts of a call with `count_by`, as bars. */
export function Counts({
  data,
  kept,
  texts,
  formats,
}: {
  data: Values;
  kept: string[];
  texts: Texts;
  formats: Formats;
}) {
  const counts = (Array.isArray(data.counts) ? data.counts : []).filter(isValues);
  const numbers = counts.map(({ count }) => Number(count) || 0);
  const largest = Math.max(1, ...numbers);
  const counted = numbers.reduce((sum, number) => sum + number, 0);
  const total = typeof data.count === 'number' ? data.count : counted;
  const isByRating = counts.some(row => 'rating' in row || 'recommended' in row);
  const rest = total - counted;
  return (
    <main>
      <header class="head">
        <h1>{texts.countsTitle}</h1>
        <p class="note">{[texts.total(formats.number(total)), ...kept].join(' · ')}</p>
      </header>
      {counts.length === 0 && <p class="message">{texts.none}</p>}
      <ul class="bars">
        {counts.map((row, index) => (
          <li key={index}>
            <CountLabel {...{ row, texts, formats }} />
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${((numbers[index] ?? 0) / largest) * 100}%` }} />
            </span>
            <span class="number">
              <strong>{formats.number(numbers[index] ?? 0)}</strong>
              <span class="note">{total > 0 && formats.percent((numbers[index] ?? 0) / total)}</span>
            </span>
          </li>
        ))}
      </ul>
      {isByRating && rest > 0 && <p class="note">{texts.withoutStars(formats.number(rest))}</p>}
    </main>
  );
}

function CountLabel({ row, texts, formats }: { row: Values; texts: Texts; formats: Formats }) {
  const platform = row.partner === undefined ? undefined : platformName(String(row.partner));
  if (row.rating !== undefined || row.recommended !== undefined) {
    return (
      <span class="bar-label">
        <Rating
          stars={typeof row.rating === 'number' ? row.rating : undefined}
          recommended={typeof row.recommended === 'boolean' ? row.recommended : undefined}
          {...{ texts, formats }}
        />
        <span class="note">{platform}</span>
      </span>
    );
  }
  if (row.business_id !== undefined) {
    const { code, name } = isValues(row.business) ? row.business : {};
    return (
      <span class="bar-label">
        <bdi>{String(name ?? row.business_id)}</bdi>
        {code !== undefined && <bdi class="code note">{String(code)}</bdi>}
      </span>
    );
  }
  const state = String(row.state ?? '');
  return <span class="bar-label">{platform ?? texts.states[state] ?? state}</span>;
}
