import * as z from 'zod';
import { newReplyTemplate } from '../../partoo/api/reviews/review-templates.ts';
import { defineTool } from '../definition/define-tool.ts';
import { flag, oneOf, text } from '../fields/index.ts';
import * as out from '../outputs/outputs.ts';
import { LANGUAGES, withoutRegion } from './template-language.ts';

export const createReviewReplyTemplate = defineTool({
  name: 'create_review_reply_template',
  title: 'Create a review reply template',
  description:
    'Save a reply template that people can pick in Partoo. Publishes nothing; to answer a review, use ' +
    'reply_to_review. Returns its id.',
  effect: 'adds',
  consequence: 'only saves a template',
  input: {
    language: z.preprocess(withoutRegion, oneOf(LANGUAGES, 'Language of the text.')),
    title: text('Title to find it by.'),
    text: text(
      'Partoo fills in @[](client_full_name), @[](client_first_name), @[](business_name) and ' +
        '@[](my_first_name).',
    ),
    positive: flag('For 4 and 5 stars.'),
    neutral: flag('For 3 stars.'),
    negative: flag('For 1 and 2 stars.'),
  },
  output: z.object({
    id: out.id(),
    creation_date: out.time(),
    note: z.string(),
  }),
  recoveryHint:
    'Call list_review_reply_templates; without that tool, ask the user to look in Partoo, under reply templates, before you try again.',
  request: newReplyTemplate,
  result: response => ({ ...response, note: 'Partoo accepted the template.' }),
});
