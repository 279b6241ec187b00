import * as z from 'zod';
import * as out from '../outputs/outputs.ts';
import { dayOf } from '../outputs/times.ts';
import { joinDelimited, shorten } from '../untrusted-text/delimiters.ts';

export const REVIEW_COLUMNS =
  'rating author_name content title business business_id partner state date update_date recommended comments tags link'.split(
    ' ',
  );

export const review = z.object({
  id: out.id(),
  business_id: out.text('review.business_id'),
  business: out.businessName('review'),
  partner: out.text('review.partner'),
  state: out.text('review.state'),
  date: out.time(),
  update_date: out.time(),
  rating: out.number('0 to 5; absent on Facebook'),
  recommended: out.flag('Facebook only'),
  excerpt: out.text('review.excerpt', 'Summary only: author: title: text'),
  author_name: out.text('review.author_name'),
  title: out.text('review.title'),
  content: out.text('review.content'),
  link: out.text('review.link'),
  comments: out.object(
    {
      id: out.id(),
      author_name: out.text('review.comments.author_name'),
      content: out.text('review.comments.content'),
      date: out.time(),
    },
    'The reply, if any',
    // Documented as one object. If Partoo sent a list, no reply would be shown, which would invite a second one.
    value => (Array.isArray(value) ? value[0] : value),
  ),
  tags: out.rows({ id: out.id(), label: out.text('review.tags.label') }),
});

const EXCERPT_CHARACTERS = 300;

type Values = Record<string, unknown>;

export const reviewSummary = {
  columns:
    'id business business_id partner state date update_date rating recommended author_name title content'.split(
      ' ',
    ),
  /** Puts author, title and text in one pair of delimiters, which costs fewer tokens than a pair for each. */
  make({ author_name, title, content, date, update_date, ...row }: Values): Values {
    const texts = [title, content].filter(text => typeof text === 'string');
    const author = typeof author_name === 'string' ? [author_name] : [];
    return {
      ...row,
      ...daysOf({ date, update_date }),
      ...(texts.length > 0
        ? { excerpt: shorten(joinDelimited([...author, ...texts], ': '), EXCERPT_CHARACTERS) }
        : { author_name }),
    };
  },
};

/** Partoo searches and sorts reviews by their update, which is shown if it was on another day. */
function daysOf({ date, update_date }: Values): Values {
  const [written, updated] = [date, update_date].map(time =>
    typeof time === 'string' ? dayOf(time) : undefined,
  );
  return {
    ...(written && { date: written }),
    ...(updated && updated !== written && { update_date: updated }),
  };
}
