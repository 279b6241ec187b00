import * as z from 'zod';
import { templateDeletion } from '../../partoo/api/reviews/review-templates.ts';
import { defineTool } from '../definition/define-tool.ts';
import { numericId } from '../fields/index.ts';
import * as out from '../outputs/outputs.ts';

export const deleteReviewReplyTemplate = defineTool({
  name: 'delete_review_reply_template',
  title: 'Delete a review reply template',
  description:
    'Delete a saved reply template for good. Replies made from it stay. Partoo cannot change a template: delete it and ' +
    'create another.',
  effect: 'deletes',
  optional: true,
  consequence: 'deletes a saved template for good',
  input: { template_id: numericId('`id` of a row of list_review_reply_templates.') },
  output: z.object({ status: out.text('written.status'), note: z.string() }),
  recoveryHint: 'Call list_review_reply_templates to check whether the template is still there.',
  request: ({ template_id }) => templateDeletion(template_id),
  result: ({ status }) => ({ status, note: 'Partoo deleted the template.' }),
});
