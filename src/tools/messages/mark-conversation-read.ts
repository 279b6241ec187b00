import * as z from 'zod';
import { conversationRead } from '../../partoo/api/messages.ts';
import { defineTool } from '../definition/define-tool.ts';
import { conversationId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';

const NOTE = "Read for this key's user only; colleagues still see it as it was for them.";

export const markConversationRead = defineTool({
  name: 'mark_conversation_read',
  title: 'Mark a conversation as read',
  description:
    "Mark a conversation as read, for this key's own user only. Sends nothing and leaves it open; " +
    'update_conversation closes it. Returns whether Partoo confirmed it.',
  effect: 'replaces',
  optional: true,
  consequence: "marks a conversation as read for the key's user",
  input: { conversation_id: conversationId },
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    note: z.string(),
  }),
  recoveryHint: 'Call get_conversation and look at is_read.',
  request: ({ conversation_id }) => conversationRead(conversation_id),
  result: response => ({ ...response, note: NOTE }),
  target: ({ conversation_id }) => ({ kind: 'id', value: String(conversation_id) }),
  verification: {
    async find({ conversation_id }, { partoo }) {
      const { is_read } = await partoo.messages.conversation(conversation_id);
      return is_read === true ? { status: 'success', note: NOTE } : undefined;
    },
  },
});
