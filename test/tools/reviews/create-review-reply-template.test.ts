import { expect, test } from 'vitest';
import type * as z from 'zod';
import { createReviewReplyTemplate } from '../../../src/tools/reviews/create-review-reply-template.ts';
import { testTool } from '../../support/tool-test.ts';

const TEMPLATE = {
  language: 'en',
  title: 'Happy customer',
  text: 'Thank you @[](client_first_name), see you soon at @[](business_name)!',
  positive: true,
  neutral: false,
  negative: false,
};

testTool('create_review_reply_template', {
  works: {
    args: { ...TEMPLATE, positive: 'true' },
    sends: () => ({ method: 'POST', url: '/reviews/template', body: TEMPLATE }),
    reads: result =>
      expect(result).toMatchObject({ id: expect.any(Number), creation_date: expect.stringMatching(/Z$/) }),
  },
  refuses: [
    {
      why: 'everything missing',
      args: {},
      problems: ['language', 'title', 'text', 'positive', 'neutral', 'negative'].map(
        name => new RegExp(`^${name}: is required`, 'm'),
      ),
    },
    { why: 'an unknown language', args: { ...TEMPLATE, language: 'jp' }, problems: [/^language: .*pt-br/m] },
  ],
});

test.each([
  ['FR', 'fr'],
  ['fr-FR', 'fr'],
  ['en_US', 'en'],
  ['PT-pt', 'pt'],
  ['pt_BR', 'pt-br'],
  [['pt-BR'], 'pt-br'],
])('the language %j is sent as %s', (value, language) => {
  expect((createReviewReplyTemplate.input.language as z.ZodType).parse(value)).toBe(language);
});

test.each(['zh-CN', 'Portuguese', 'fr-FRA', 'fr,en'])('the language %s is refused', value => {
  expect((createReviewReplyTemplate.input.language as z.ZodType).safeParse(value).success).toBe(false);
});
