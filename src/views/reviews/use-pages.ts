import { useEffect, useRef, useState } from 'preact/hooks';
import type { Host } from '../kit/host.ts';
import type { Values } from '../kit/values.ts';
import { argumentsOf, type Filters, type Query, readQuery } from './model/query.ts';
import { findReviews, type Page, readPage, readResultPage } from './model/read-reviews.ts';
import type { Review } from './model/review.ts';

/** The page that is shown, and ways to another one. One call at a time: of several wishes the last one counts. */
export function usePages(host: Host, input: Values, data: Values) {
  const [query, setQuery] = useState<Query>(() => readQuery(input));
  const [page, setPage] = useState<Page>(() => readResultPage(data, input));
  const [isLoading, setLoading] = useState(true);
  const wanted = useRef<(() => Promise<Page>) | undefined>(undefined);
  const last = useRef<(() => Promise<Page>) | undefined>(undefined);
  const isRunning = useRef(false);

  const run = (read: () => Promise<Page>): void => {
    runLast(read).catch(reportError);
  };

  async function runLast(read: () => Promise<Page>): Promise<void> {
    wanted.current = read;
    if (isRunning.current) return;
    isRunning.current = true;
    setLoading(true);
    while (wanted.current) {
      const read = wanted.current;
      wanted.current = undefined;
      last.current = read;
      const found = await read();
      if (!wanted.current) setPage(found);
    }
    isRunning.current = false;
    setLoading(false);
  }

  // The result may be a summary, and is from long ago when the host loads the view again.
  useEffect(() => {
    run(() => refresh(host, query, page));
  }, []);

  return {
    query,
    page,
    isLoading,
    filter(filters: Filters) {
      const next = { ...query, filters };
      setQuery(next);
      run(() => readPage(host, argumentsOf(next), 1, page.size));
    },
    turnTo: (number: number) => run(() => readPage(host, argumentsOf(query), number, page.size)),
    retry() {
      if (last.current) run(last.current);
    },
    /** Shows a review as it is now. */
    replace(review: Review) {
      setPage(shown => ({
        ...shown,
        reviews: shown.reviews.map(each => (each.id === review.id ? review : each)),
      }));
    },
  };
}

/** Reads the reviews of a result again, also those that its filters leave out by now, such as the ones with a new reply. */
async function refresh(host: Host, query: Query, before: Page): Promise<Page> {
  const now = await readPage(host, argumentsOf(query), before.page, before.size);
  const current = new Map(now.reviews.map(review => [review.id, review]));
  const missing = before.reviews.filter(({ id }) => !current.has(id));
  let { error } = now;
  if (!error && missing.length > 0) {
    const found = await findReviews(host, missing);
    for (const review of found.reviews) current.set(review.id, review);
    error = found.error;
  }
  const reviews = before.reviews.map(review => current.get(review.id) ?? review);
  const ids = new Set(before.reviews.map(({ id }) => id));
  // The result may have been cut.
  const others =
    before.isCut || before.reviews.length === 0 ? now.reviews.filter(({ id }) => !ids.has(id)) : [];
  const { count = before.count, hasMore } = error === now.error && now.error ? before : now;
  return { ...now, count, hasMore, reviews: [...reviews, ...others], error };
}
