import type { Formats } from '../kit/locale.ts';
import type { Page } from './model/read-reviews.ts';
import type { Texts } from './texts/texts.ts';

interface Props {
  page: Page;
  texts: Texts;
  formats: Formats;
  isLoading: boolean;
  onTurn(page: number): void;
}

/** Such as "21–40 of 512". */
export function pageText(
  { page, size, reviews, count, hasMore }: Page,
  texts: Texts,
  formats: Formats,
): string {
  if (reviews.length === 0 || (page === 1 && !hasMore)) return '';
  const first = (page - 1) * size + 1;
  const [from, to] = [first, first + reviews.length - 1].map(formats.number) as [string, string];
  return count === undefined ? texts.pageOfMany(from, to) : texts.page(from, to, formats.number(count));
}

export function Pager({ page, texts, formats, isLoading, onTurn }: Props) {
  if (page.page === 1 && !page.hasMore) return null;
  const turn = (by: number) => {
    if (!isLoading) onTurn(page.page + by);
  };
  return (
    <nav class="pager" aria-label={texts.pages}>
      <button type="button" disabled={page.page === 1} onClick={() => turn(-1)}>
        {texts.previous}
      </button>
      <span class="note">{pageText(page, texts, formats)}</span>
      <button type="button" disabled={!page.hasMore} onClick={() => turn(1)}>
        {texts.next}
      </button>
    </nav>
  );
}
