import type { Formats } from '../kit/locale.ts';
import type { Texts } from './texts/texts.ts';

const STAR = 'M8 1.3l2.06 4.18 4.61.67-3.33 3.25.78 4.6L8 11.83 3.88 14l.78-4.6L1.33 6.15l4.61-.67z';

const THUMB =
  'M5 7v7H2.5V7zM6 7l2.6-5.2c.9 0 1.6.7 1.6 1.6V6h2.9c.9 0 1.6.8 1.4 1.7l-1 5c-.2.8-.8 1.3-1.6 1.3H6z';

/** Stars, or a recommendation on Facebook. */
export function Rating({
  stars,
  recommended,
  texts,
  formats,
}: {
  stars?: number;
  recommended?: boolean;
  texts: Texts;
  formats: Formats;
}) {
  if (stars !== undefined) {
    return (
      <span class="stars" role="img" aria-label={texts.stars(formats.number(stars))}>
        <svg viewBox="0 0 80 16" width="80" height="16" aria-hidden="true">
          {[0, 1, 2, 3, 4].map(index => (
            <path
              key={index}
              class={index < Math.round(stars) ? 'on' : ''}
              d={STAR}
              transform={`translate(${index * 16})`}
            />
          ))}
        </svg>
      </span>
    );
  }
  if (recommended === undefined) return null;
  return (
    <span class={`recommendation ${recommended ? 'good' : 'bad'}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={THUMB} transform={recommended ? undefined : 'rotate(180 8 8)'} />
      </svg>
      {recommended ? texts.recommends : texts.doesNotRecommend}
    </span>
  );
}
