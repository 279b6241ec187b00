import { useEffect, useRef, useState } from 'preact/hooks';
import { inBackground } from '../../kit/background.ts';
import type { Host } from '../../kit/host.ts';
import { readTool, type ToolError } from '../../kit/results.ts';
import type { Values } from '../../kit/values.ts';
import { type Post, readPosts } from './post.ts';

export interface Filters {
  /** A state, '' for all, or `asked` for those of the call. */
  state: string;
  words: string;
}

/** States of the call that the one choice of the view cannot express. */
export const ASKED = 'asked';

interface Loaded {
  posts: Post[];
  count: number | undefined;
  hasMore: boolean;
  /** The arguments of the next page. Absent where Partoo serves no further page. */
  next: Values | undefined;
}

/**
 * The posts of a call of search_posts, first as the model got them and then in full; further pages and other filters in place. At
 * most one call is under way; of those asked for meanwhile, only the last one follows.
 */
export function usePosts(host: Host, input: Values, data: Values) {
  const asked = argumentsOf(input);
  const [filters, setFilters] = useState<Filters>(() => filtersOf(input));
  const [loaded, setLoaded] = useState<Loaded>(() => read(data, asked, []));
  const [loading, setLoading] = useState<'full' | 'filter' | 'more' | undefined>();
  const [error, setError] = useState<ToolError>();
  const isBusy = useRef(false);
  const waiting = useRef<(() => void) | undefined>(undefined);
  const retry = useRef(() => {});

  async function load(kind: 'full' | 'filter' | 'more', args: Values, before: Post[]): Promise<void> {
    if (isBusy.current) {
      waiting.current = () => inBackground(load(kind, args, before));
      return;
    }
    isBusy.current = true;
    retry.current = () => inBackground(load(kind, args, before));
    setLoading(kind);
    setError(undefined);
    const { data, error } = await readTool(host, 'search_posts', { ...args, detail: 'full' });
    if (error) setError(error);
    else setLoaded(read(data, args, before));
    isBusy.current = false;
    setLoading(undefined);
    const next = waiting.current;
    waiting.current = undefined;
    next?.();
  }

  // Once for each result of the host.
  useEffect(() => {
    setFilters(filtersOf(input));
    setLoaded(read(data, asked, []));
    const isFull = input.detail === 'full' && input.fields === undefined;
    if (!isFull) inBackground(load('full', asked, []));
  }, [data]);

  function filter(changed: Partial<Filters>): void {
    const next = { ...filters, ...changed };
    setFilters(next);
    inBackground(load('filter', { ...filtered(asked, next), page: 1 }, []));
  }

  return {
    ...loaded,
    filters,
    loading,
    error,
    filter,
    reload: () => inBackground(load('filter', { ...filtered(asked, filters), page: 1 }, [])),
    more: () => inBackground(loaded.next && load('more', loaded.next, loaded.posts)),
    retry: () => retry.current(),
  };
}

/** The call's own filters. The view chooses the detail itself. */
function argumentsOf({ detail: _, fields: __, ...args }: Values): Values {
  return args;
}

function filtered({ state__in, summary: _, ...args }: Values, { state, words }: Filters): Values {
  return {
    ...args,
    ...(state === ASKED ? { state__in } : state !== '' && { state__in: [state] }),
    ...(words !== '' && { summary: words }),
  };
}

export const statesOf = ({ state__in: states }: Values): string[] =>
  (Array.isArray(states) ? states : String(states ?? '').split(/[\s,[\]"]+/)).map(String).filter(Boolean);

function filtersOf(input: Values): Filters {
  const states = statesOf(input);
  return {
    state: states.length > 1 ? ASKED : (states[0] ?? ''),
    words: typeof input.summary === 'string' ? input.summary : '',
  };
}

function read(data: Values, args: Values, before: Post[]): Loaded {
  const rows = readPosts(data);
  const known = new Set(before.map(({ id }) => id));
  return {
    posts: [...before, ...rows.filter(({ id }) => !known.has(id))],
    count: typeof data.count === 'number' ? data.count : undefined,
    hasMore: data.has_more === true,
    next: nextPage(data, args, rows.length),
  };
}

/** A page that was cut to fit goes on as its note tells models: with pages of the size that fits. */
function nextPage({ has_more, next_page, note }: Values, args: Values, shown: number): Values | undefined {
  if (typeof next_page === 'number') return { ...args, page: next_page };
  const size = Number(args.per_page ?? 0);
  const page = Number(args.page ?? 1);
  const isCut = has_more === true && typeof note === 'string' && note.startsWith('Cut to fit');
  if (!isCut || shown === 0 || (page > 1 && size === 0)) return undefined;
  return { ...args, page: Math.floor(((page - 1) * size + shown) / shown) + 1, per_page: shown };
}
