import * as z from 'zod';
import { orUndefined } from '../../core/or-undefined.ts';
import { defineTool } from '../definition/define-tool.ts';
import { flag, text, texts } from '../fields/index.ts';
import { page } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';
import { LANGUAGES, languageCode } from './template-language.ts';

export const listReviewReplyTemplates = defineTool({
  name: 'list_review_reply_templates',
  title: 'List review reply templates',
  description:
    'List saved reply templates, and the placeholders, such as @[](client_first_name), that Partoo fills in. To use one in ' +
    'reply_to_review, replace the placeholders yourself.',
  effect: 'reads',
  optional: true,
  returnsIds: 'the template_id for delete_review_reply_template',
  input: {
    positive: flag('true: for 4 and 5 stars.').optional(),
    neutral: flag('true: for 3 stars.').optional(),
    negative: flag('true: for 1 and 2 stars.').optional(),
    language__in: texts('Languages, such as fr')
      .overwrite(codes => codes.map(languageCode))
      .refine(codes => codes.every(code => LANGUAGES.includes(code)), {
        error: `must be of ${LANGUAGES.join(', ')}`,
      })
      .optional(),
    title_query: text('Words in the title.').optional(),
    text_query: text('Words in the text.').optional(),
    page,
  },
  output: numberedList(
    'reply_templates',
    z.object({
      id: out.id(),
      language: out.text('reply_template.language'),
      title: out.text('reply_template.title'),
      text: out.text('reply_template.text'),
      positive: out.flag(),
      neutral: out.flag(),
      negative: out.flag(),
      update_date: out.time(),
    }),
  ).extend({ placeholders: out.list('reply_template.placeholders') }),
  view: { rows: 'reply_templates' },
  async run(args, { partoo }) {
    const query = { ...args, page: args.page ?? 1 };
    const found = await partoo.reviewTemplates.search(query);
    return {
      ...toNumberedList('reply_templates', found, query),
      // On the first page only. A list without them is still a list.
      placeholders: query.page > 1 ? undefined : await orUndefined(partoo.reviewTemplates.placeholders()),
    };
  },
});
