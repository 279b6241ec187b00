import * as z from 'zod';
import { isObject } from '../../partoo/page.ts';
import { shorten } from '../fence.ts';
import * as out from '../outputs.ts';
import { pick } from '../view.ts';

export const POST_COLUMNS = [
  'summary',
  'post_status',
  'post_insight',
  'business_id',
  'post_type',
  'schedule_time',
  'expiration_time',
  'created_at',
  'cta_type',
  'cta_link',
  'offer_code',
  'offer_terms',
  'post_medias',
] as const;

/** What Partoo calls news when it is searched for. */
const TYPE_NAMES = { standard: 'news' };

export const post = z.object({
  id: out.number(),
  business_id: out.text(),
  post_type: out.translated(TYPE_NAMES),
  summary: out.words(),
  schedule_time: out.time(),
  expiration_time: out.time(),
  created_at: out.time(),
  cta_type: out.text(),
  cta_link: out.text(),
  offer_code: out.text(),
  offer_terms: out.words(),
  states: out.openObject('Summary only: by platform'),
  post_status: out.rows({ name: out.text(), state: out.text(), link: out.text() }),
  post_insight: out.rows({ name: out.text(), view_count: out.number(), click_count: out.number() }),
  post_medias: out.list(),
});

const SUMMARY_CHARACTERS = 150;

type Values = Record<string, unknown>;

export function summarizePost(row: Values): Values {
  const { summary, created_at, post_status } = row;
  const states = Array.isArray(post_status) ? post_status.filter(isObject) : [];
  return {
    ...pick(row, ['id', 'business_id', 'post_type']),
    ...(typeof summary === 'string' && { summary: shorten(summary, SUMMARY_CHARACTERS) }),
    ...pick(row, ['schedule_time']),
    ...(typeof created_at === 'string' && { created_at: created_at.slice(0, 10) }),
    states: Object.fromEntries(states.map(({ name, state }) => [name, state])),
  };
}
