import type { Host } from '../../kit/host.ts';
import { readTool, type ToolError } from '../../kit/results.ts';
import { isValues, type Values } from '../../kit/values.ts';
import { type Review, readReview } from './review.ts';

/** Reads reviews through search_reviews, with the columns that the view shows. */

const FIELDS =
  'rating,recommended,author_name,title,content,business_id,business,partner,state,date,comments,link';
const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;

export interface Page {
  reviews: Review[];
  /** Of all pages. */
  count?: number;
  page: number;
  size: number;
  hasMore: boolean;
  /** Whether the result lacks rows of its page, which were too many. */
  isCut?: boolean;
  /** Why rows are missing. */
  error?: ToolError;
}

const rowsOf = ({ reviews }: Values) => (Array.isArray(reviews) ? reviews.filter(isValues) : []);
const numberOf = (value: unknown) => (Number(value) > 0 ? Number(value) : undefined);

/** The page that the result of the call has. */
export function readResultPage(data: Values, input: Values): Page {
  const rows = rowsOf(data);
  // Without next_page, rows were left out.
  const isWhole = data.has_more !== true || data.next_page !== undefined;
  return {
    reviews: rows.map(row => readReview(row, false)),
    count: numberOf(data.count) ?? (data.count === 0 ? 0 : undefined),
    page: numberOf(input.page) ?? 1,
    size: numberOf(input.per_page) ?? (data.has_more && isWhole ? rows.length : DEFAULT_SIZE),
    hasMore: data.has_more === true,
    isCut: !isWhole,
  };
}

/** Reads a page, in several calls if its rows do not fit into one result. */
export async function readPage(host: Host, args: Values, page: number, size: number): Promise<Page> {
  const reviews = new Map<string, Review>();
  const end = page * size;
  const found: Page = { reviews: [], page, size, hasMore: false };
  for (let at = { page, size }; ; ) {
    const { data, error } = await readTool(host, 'search_reviews', {
      ...args,
      page: at.page,
      per_page: at.size,
      fields: FIELDS,
    });
    if (!data) return { ...found, reviews: [...reviews.values()], error };
    const rows = rowsOf(data);
    for (const row of rows) reviews.set(String(row.id), readReview(row, true));
    if (typeof data.count === 'number') found.count = data.count;
    found.hasMore = found.count === undefined ? data.has_more === true : found.count > end;
    const isCut = data.has_more === true && data.next_page === undefined && rows.length < at.size;
    const next = (at.page - 1) * at.size + rows.length;
    if (!isCut || rows.length === 0 || next >= end)
      return { ...found, reviews: [...reviews.values()].slice(0, size) };
    // Starts a little before the rows that were left out.
    at = { size: rows.length, page: Math.floor(next / rows.length) + 1 };
  }
}

/** Looks for reviews wherever they are now: one with a new reply is no longer among the unanswered. */
export async function findReviews(host: Host, wanted: Review[]): Promise<Page> {
  const shops = new Set(wanted.map(({ shop }) => shop.id).filter(Boolean));
  const args = {
    ...(shops.size > 0 && { business__in: [...shops] }),
    state__in: ['treated', 'deleted'],
    order_by: '-update_date',
  };
  const found = await readPage(host, args, 1, MAX_SIZE);
  const ids = new Set(wanted.map(({ id }) => id));
  return { ...found, reviews: found.reviews.filter(({ id }) => ids.has(id)) };
}
