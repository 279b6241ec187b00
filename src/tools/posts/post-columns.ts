import * as z from 'zod';
import { POST_TYPE_ALIASES } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { dayOf } from '../outputs/times.ts';
import { shorten } from '../untrusted-text/delimiters.ts';

export const POST_COLUMNS = (
  'summary post_status post_insight business business_id post_type schedule_time expiration_time created_at cta_type cta_link ' +
  'offer_code offer_terms post_medias'
).split(' ');

export const post = z.object({
  id: out.id(),
  business_id: out.text('post.business_id'),
  business: out.businessName('post'),
  post_type: out.translated('post.post_type', POST_TYPE_ALIASES),
  summary: out.text('post.summary'),
  schedule_time: out.time(),
  expiration_time: out.time(),
  created_at: out.time(),
  cta_type: out.text('post.cta_type'),
  cta_link: out.text('post.cta_link'),
  offer_code: out.text('post.offer_code'),
  offer_terms: out.text('post.offer_terms'),
  states: out.openObject('post.states', 'Summary only: by platform'),
  post_status: out.rows({
    name: out.text('post.post_status.name'),
    state: out.text('post.post_status.state'),
    link: out.text('post.post_status.link'),
  }),
  post_insight: out.rows({
    name: out.text('post.post_insight.name'),
    view_count: out.number(),
    click_count: out.number(),
  }),
  post_medias: out.list('post.post_medias'),
});

const SUMMARY_CHARACTERS = 150;

type Values = Record<string, unknown>;

export const postSummary = {
  columns: 'id business business_id post_type summary schedule_time created_at post_status'.split(' '),
  make({ summary, created_at, post_status, ...row }: Values): Values {
    const states = (Array.isArray(post_status) ? post_status : [])
      .filter(({ name }) => name !== undefined)
      .map(({ name, state }) => [name, state]);
    return {
      ...row,
      ...(typeof summary === 'string' && { summary: shorten(summary, SUMMARY_CHARACTERS) }),
      ...(typeof created_at === 'string' && { created_at: dayOf(created_at) }),
      ...(states.length > 0 && { states: Object.fromEntries(states) }),
    };
  },
};
