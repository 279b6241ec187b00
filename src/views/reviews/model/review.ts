import { isValues, type Values } from '../../kit/values.ts';

export interface Review {
  id: string;
  /** False for a row of the result: it may be a summary, or from long ago. */
  isCurrent: boolean;
  stars?: number;
  recommended?: boolean;
  shop: { id: string; code?: string; name?: string };
  platform: string;
  state: string;
  date?: string;
  author?: string;
  title?: string;
  text?: string;
  link?: string;
  reply?: Reply;
}

export interface Reply {
  author?: string;
  text: string;
  date?: string;
}

/** Reads a row of search_reviews. */
export function readReview(row: Values, isCurrent: boolean): Review {
  const shop = isValues(row.business) ? row.business : {};
  const comments = isValues(row.comments) ? row.comments : undefined;
  return {
    id: String(row.id),
    isCurrent,
    stars: typeof row.rating === 'number' ? row.rating : undefined,
    recommended: typeof row.recommended === 'boolean' ? row.recommended : undefined,
    shop: { id: String(row.business_id ?? ''), code: textOf(shop.code), name: textOf(shop.name) },
    platform: textOf(row.partner) ?? '',
    state: textOf(row.state) ?? '',
    date: textOf(row.date),
    author: textOf(row.author_name),
    title: textOf(row.title),
    text: textOf(row.content) ?? textOf(row.excerpt),
    link: textOf(row.link),
    reply: comments && {
      author: textOf(comments.author_name),
      text: textOf(comments.content) ?? '',
      date: textOf(comments.date),
    },
  };
}

/** A code of digits may come as a number. */
const textOf = (value: unknown) => (value === undefined || value === null ? undefined : String(value));

/** What the pill says. Reviews with automatic replies have states of their own. */
export function statusOf({ state, reply }: Review): 'answered' | 'marked' | 'unanswered' | 'deleted' {
  if (state === 'deleted') return 'deleted';
  if (reply) return 'answered';
  return state.startsWith('treated') ? 'marked' : 'unanswered';
}
