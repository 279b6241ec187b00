import { useState } from 'preact/hooks';
import { ErrorMessage } from '../kit/messages.tsx';
import { recall, remember } from '../kit/storage.ts';
import { COMMON } from '../kit/texts.ts';
import type { Values } from '../kit/values.ts';
import type { ViewProps } from '../kit/view.tsx';
import { Calendar } from './calendar/calendar.tsx';
import { Composer } from './composer/composer.tsx';
import { shopsOf } from './composer/draft.ts';
import { useNewPost } from './composer/use-new-post.ts';
import { FilterBar, type Layout } from './list/filter-bar.tsx';
import { List } from './list/list.tsx';
import { usePosts } from './rows/use-posts.ts';
import { TEXTS, type Texts } from './texts/texts.ts';

/** The posts of a call of search_posts, by day or by state. */
export function PostsView({
  host,
  formats,
  context,
  enabledTools,
  input,
  data,
}: ViewProps & { data: Values }) {
  const texts = TEXTS[formats.language];
  const found = usePosts(host, input, data);
  const [layout, setLayout] = useState<Layout>(() => recall<Layout>('posts/layout') ?? 'calendar');
  const { posts, count, hasMore, next, filters, loading, error } = found;
  const newPost = useNewPost(host);
  const [isComposing, setComposing] = useState(newPost.state.step !== 'idle');
  const canCompose = enabledTools.has('create_post');
  const { timeZone } = context;
  const props = { posts, host, formats, texts };

  function closeComposer(): void {
    setComposing(false);
    if (newPost.state.step !== 'done') return;
    newPost.close();
    found.reload();
  }

  function chooseLayout(chosen: Layout): void {
    remember('posts/layout', chosen);
    setLayout(chosen);
  }

  if (isComposing && canCompose) {
    const composer = { newPost, shops: shopsOf(posts), close: closeComposer };
    return <Composer {...composer} {...{ host, formats, timeZone, texts }} />;
  }
  return (
    <main class="posts" aria-busy={loading !== undefined}>
      <header class="head">
        <h1>{texts.title}</h1>
        <p class="note" role="status">
          {loading === 'filter'
            ? COMMON[formats.language].loading
            : texts.loaded(posts.length, count, formats)}
        </p>
        {canCompose && (
          <button type="button" class="primary push" onClick={() => setComposing(true)}>
            {newPost.isStarted ? texts.composer.goOnWriting : texts.composer.newPost}
          </button>
        )}
      </header>
      <FilterBar
        {...{ input, filters, filter: found.filter, layout, setLayout: chooseLayout, texts }}
        language={formats.language}
      />
      <OtherFilters {...{ input, texts }} />
      {error && (
        <ErrorMessage error={error} language={formats.language}>
          <p>
            <button type="button" onClick={found.retry}>
              {COMMON[formats.language].tryAgain}
            </button>
          </p>
        </ErrorMessage>
      )}
      <div class={loading === 'filter' ? 'results stale' : 'results'}>
        {posts.length === 0 && loading === undefined && !error && (
          <p class="empty">{texts.nothing(filters.state !== '' || filters.words !== '')}</p>
        )}
        {layout === 'calendar' ? <Calendar {...props} timeZone={timeZone} /> : <List {...props} />}
      </div>
      {hasMore && (
        <p class="paging">
          <span class="note">{next ? texts.loaded(posts.length, count, formats) : texts.noFurther}</span>
          {next && (
            <button type="button" disabled={loading !== undefined} onClick={found.more}>
              {loading === 'more' ? COMMON[formats.language].loading : texts.morePosts}
            </button>
          )}
        </p>
      )}
    </main>
  );
}

/** Filters of the call that stay as they are. */
function OtherFilters({ input, texts }: { input: Values; texts: Texts }) {
  const shops = input.business__in;
  const shopCount = Array.isArray(shops)
    ? shops.length
    : String(shops ?? '')
        .split(',')
        .filter(Boolean).length;
  const type = typeof input.topic_type === 'string' ? input.topic_type : undefined;
  const parts = [
    shopCount > 0 && texts.shopCount(shopCount),
    type !== undefined && (texts.types[type] ?? type),
    typeof input.start_datetime === 'string' && texts.from(input.start_datetime),
    typeof input.end_datetime === 'string' && texts.until(input.end_datetime),
  ].filter(part => part !== false);
  return parts.length > 0 ? <p class="note">{texts.asAsked(parts.join(' · '))}</p> : null;
}
