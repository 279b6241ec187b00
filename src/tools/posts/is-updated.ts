import type { PostChange } from '../../partoo/api/post-changes.ts';
import { isSameText } from '../definition/comparable-text.ts';
import { isNothing, isSameTime, isSameUrl } from './post-values.ts';

type Row = Record<string, unknown>;

/** Whether a row has a value as requested. A title and dates are undocumented for rows; images get addresses of Partoo's. */
const HAS: { [Name in keyof Required<PostChange>]: (row: Row, asked: string) => boolean } = {
  summary: (row, asked) => isSameText(row.summary, asked),
  title: (row, asked) => isSameText(row.title, asked),
  image_url: () => false,
  cta_type: (row, asked) => (isNothing(row.cta_type) ? 'no_cta' : row.cta_type) === asked,
  cta_link: (row, asked) => isSameUrl(row.cta_link, asked),
  schedule_time: (row, asked) => isSameTime(row.schedule_time, asked),
  start_at: (row, asked) => isSameTime(row.start_at, asked),
  end_at: (row, asked) => isSameTime(row.end_at, asked),
  coupon_code: (row, asked) => isSameText(row.offer_code, asked),
  offer_terms: (row, asked) => isSameText(row.offer_terms, asked),
};

/** False also if the row does not show a field that was sent: then the update is not certain. */
export const isUpdated = (row: Row, change: PostChange): boolean =>
  Object.entries(change).every(
    ([name, asked]) => asked === undefined || HAS[name as keyof PostChange](row, String(asked)),
  );
