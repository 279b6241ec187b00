import { useLayoutEffect, useRef } from 'preact/hooks';
import { ErrorMessage } from '../kit/messages.tsx';
import { COMMON } from '../kit/texts.ts';
import type { Values } from '../kit/values.ts';
import type { ViewProps } from '../kit/view.tsx';
import { Counts } from './counts.tsx';
import { FilterBar } from './filters/filters.tsx';
import { keptFilters } from './filters/kept-filters.ts';
import { readQuery } from './model/query.ts';
import { Pager, pageText } from './pager.tsx';
import { ReviewCard } from './review-card.tsx';
import { TEXTS } from './texts/texts.ts';
import { usePages } from './use-pages.ts';

/** The reviews that search_reviews found, or its counts. */
export function ReviewInbox(props: ViewProps) {
  const { input, result, formats } = props;
  const data = result?.data ?? {};
  if (!Array.isArray(data.counts) && input.count_by === undefined) return <Inbox {...props} data={data} />;
  const texts = TEXTS[formats.language];
  return <Counts {...{ data, texts, formats }} kept={keptFilters(readQuery(input), texts, formats)} />;
}

function Inbox({ host, input, data, formats, enabledTools }: ViewProps & { data: Values }) {
  const texts = TEXTS[formats.language];
  const { query, page, isLoading, filter, turnTo, retry, replace } = usePages(host, input, data);
  const { reviews, error } = page;
  const place = useRef<HTMLParagraphElement>(null);
  const isTurning = useRef(false);
  useLayoutEffect(() => {
    if (isLoading || !isTurning.current) return;
    isTurning.current = false;
    place.current?.focus();
  }, [isLoading]);

  const position = pageText(page, texts, formats);
  const count = page.count !== undefined && texts.count(formats.number(page.count), page.count === 1);
  const isUnanswered = String(query.filters.state__in) === 'not_treated';
  return (
    <main aria-busy={isLoading}>
      <header class="head">
        <h1>{texts.title}</h1>
        <p class="note kept">
          {[!position && count, ...keptFilters(query, texts, formats)].filter(Boolean).join(' · ')}
        </p>
        {/* Where the keyboard goes after a page is turned. */}
        <p class="note position" role="status" tabIndex={-1} ref={place}>
          {isLoading ? texts.loading : position}
        </p>
      </header>
      <FilterBar filters={query.filters} texts={texts} language={formats.language} onChange={filter} />
      {error && (
        <ErrorMessage error={error} language={formats.language}>
          {reviews.some(({ isCurrent }) => !isCurrent) && <p>{texts.notCurrent}</p>}
          <div class="actions">
            <button type="button" onClick={retry}>
              {COMMON[formats.language].tryAgain}
            </button>
          </div>
        </ErrorMessage>
      )}
      {!error && !isLoading && reviews.length === 0 && (
        <p class="message empty">{isUnanswered ? texts.noneUnanswered : texts.none}</p>
      )}
      <ul class={`reviews ${isLoading ? 'loading' : ''}`} hidden={reviews.length === 0}>
        {reviews.map(review => (
          // A row without its shop does not yet say whose draft it is.
          <ReviewCard
            key={`${review.shop.id}/${review.id}`}
            {...{ review, host, texts, formats, enabledTools }}
            onFound={replace}
          />
        ))}
      </ul>
      <Pager
        {...{ page, texts, formats, isLoading }}
        onTurn={number => {
          isTurning.current = true;
          turnTo(number);
        }}
      />
    </main>
  );
}
