import * as z from 'zod';
import { postUpdate } from '../../partoo/api/post-changes.ts';
import { defineTool } from '../definition/define-tool.ts';
import { findRow } from '../definition/find-row.ts';
import { localDateTime, text, url, zonedDateTime } from '../fields/index.ts';
import { postId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { isUpdated } from './is-updated.ts';
import { contentFields, offerFields } from './post-fields.ts';
import { checkPost } from './post-rules.ts';

const NOTE =
  'Partoo accepted the change. The platforms show it in some minutes, except Instagram. Check with search_posts ' +
  'that the rest of the post is as before.';

const fields = {
  summary: text('Text.').optional(),
  ...contentFields,
  cta_link: url("Default with cta_type: the business's website.").optional(),
  schedule_time: zonedDateTime('from', 'With zone, at least 2 hours ahead.').optional(),
  start_at: localDateTime('from', 'As in create_post.').optional(),
  end_at: localDateTime('to', 'As in create_post.').optional(),
  ...offerFields,
};

export const updatePost = defineTool({
  name: 'update_post',
  title: 'Update a post',
  description:
    'Change a draft, scheduled or live post: takes minutes, no effect on Instagram. From a BUSINESS_MANAGER or ' +
    'GROUP_MANAGER key it also approves and publishes a draft. Returns which fields were sent.',
  effect: 'replaces',
  optional: true,
  consequence: "changes a public post, and publishes a draft if the key is a manager's",
  input: { post_id: postId, ...fields },
  check({ post_id, ...change }) {
    if (Object.keys(change).length === 0) {
      const names = Object.keys(fields).join(', ');
      return [{ argument: '(fields)', message: `give at least one field to change: ${names}` }];
    }
    // A link alone is for the button that the post has.
    const { cta_link, ...others } = change;
    return checkPost(others.cta_type === undefined ? others : change);
  },
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    changed: z.array(z.string()).describe('The fields that were sent'),
    note: z.string(),
  }),
  recoveryHint: 'Call search_posts with words of the text and compare the fields.',
  request: ({ post_id, ...change }) => postUpdate(post_id, change),
  result: ({ status, message }, { post_id, ...change }) => ({
    status: status ?? 'success',
    message,
    changed: Object.keys(change),
    note: NOTE,
  }),
  target: ({ post_id }) => ({ kind: 'id', value: String(post_id) }),
  verification: {
    async find({ post_id, ...change }, { partoo, isNew }) {
      const row = await findRow(
        page => partoo.posts.search({ summary: change.summary, ...page }),
        ({ id }) => String(id) === String(post_id),
      );
      return row && isNew(row.updated_at) && isUpdated(row, change)
        ? { status: 'success', changed: Object.keys(change), note: NOTE }
        : undefined;
    },
  },
});
