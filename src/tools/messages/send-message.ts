import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { newMessage } from '../../partoo/api/messages.ts';
import { isId } from '../../partoo/responses/confirmation.ts';
import { comparable, isSameText } from '../definition/comparable-text.ts';
import { defineTool } from '../definition/define-tool.ts';
import { noPlaceholders } from '../definition/rules.ts';
import { text } from '../fields/index.ts';
import { conversationId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { noTemplateNames } from './template-names.ts';

const LOOK = 'Call list_messages to check whether the message is there.';
const SEEN = "Partoo's response was lost; a check found the message. list_messages shows whether it arrived.";
const TAKEN =
  'Partoo accepted the message. Call list_messages in a few seconds: its status becomes Success or Failed.';

/** A message that failed did not arrive, though Partoo may have accepted it. */
const isTaken = (status: unknown) => ['Sending', 'Success', undefined, null].includes(status as string);

export const sendMessage = defineTool({
  name: 'send_message',
  title: 'Send a message',
  description:
    'Send a message from the business to the customer of one conversation: it reaches a real person. Read ' +
    'list_messages first. Fails if the conversation is_expired. Returns the id of the message; ' +
    'list_messages shows whether it arrived.',
  effect: 'adds',
  consequence: 'reaches a real person',
  input: {
    conversation_id: conversationId,
    content: text('The message, as it will be sent.'),
  },
  check: ({ content }) => [...noPlaceholders('content', content), ...noTemplateNames('content', content)],
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    message_id: out.id(),
    note: z.string(),
  }),
  recoveryHint: LOOK,
  request: ({ conversation_id, content }) => newMessage(conversation_id, content),
  result: response => ({ ...response, note: TAKEN }),
  verification: {
    scope: ({ conversation_id, content }) => `${conversation_id} ${comparable(content)}`,
    createdIds: ({ message_id }) => [message_id],
    async find({ conversation_id, content }, { partoo, isNew, isOwn, isClaimed }) {
      const { rows } = await partoo.messages.list({ conversation_id, per_page: 100 });
      const sent = rows
        .filter(isObject)
        .filter(
          message =>
            isSameText(message.content, content) &&
            String(message.conversation_id ?? conversation_id) === String(conversation_id) &&
            message.sender_type === 'User' &&
            message.content_type === 'Text' &&
            isTaken(message.status) &&
            message.is_deleted !== true &&
            isNew(message.date) &&
            isOwn(message.user_id) &&
            isId(message.id) &&
            !isClaimed(message.id),
        );
      // If there are two, one or both are somebody else's.
      const [message] = sent;
      return message && sent.length === 1
        ? { status: 'success', message_id: message.id, note: SEEN }
        : undefined;
    },
  },
});
