import * as z from 'zod';
import { postDeletion } from '../../partoo/api/post-changes.ts';
import { defineTool } from '../definition/define-tool.ts';
import { postId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';

export const deletePost = defineTool({
  name: 'delete_post',
  title: 'Delete a post',
  description:
    'Delete one post for good, whether draft, scheduled or live. It cannot be undone: read the post with ' +
    'search_posts, show it to the user and get a yes first. Returns whether Partoo confirmed it.',
  effect: 'deletes',
  optional: true,
  consequence: 'deletes a post for good',
  input: { post_id: postId },
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    note: z.string(),
  }),
  recoveryHint: 'Call search_posts with words of its text: the post is deleted if its id is not there.',
  request: ({ post_id }) => postDeletion(post_id),
  result: ({ status, message }) => ({
    status: status ?? 'success',
    message,
    note: 'Partoo accepted the deletion. search_posts shows when the post is gone.',
  }),
});
