import * as z from 'zod';
import { isObject } from '../../partoo/page.ts';
import { isSince } from '../dates.ts';
import { defineTool } from '../define-tool.ts';
import { numericId, text } from '../fields.ts';
import * as out from '../outputs.ts';
import { noPlaceholders } from '../rules.ts';
import { noteOn } from '../write-note.ts';

const LOOK = 'Call list_messages and see whether the message is there.';
const SEEN =
  "Partoo's answer was lost; a look showed that it took the message. list_messages shows whether it arrived.";
const TAKEN =
  'Partoo took the message. Look again with list_messages in some seconds: Sending becomes Success or Failed.';

export const sendMessage = defineTool({
  name: 'send_message',
  title: 'Send a message',
  description:
    'Send a message to the customer of one conversation in the name of the business: it reaches a real ' +
    'person. Read list_messages first. In a conversation that is_expired it fails. Answers the id of the ' +
    'message; list_messages shows whether it arrived.',
  effect: 'adds',
  input: {
    conversation_id: numericId('`id` of a row of list_conversations.'),
    content: text('The message, as it will be sent.'),
  },
  check: ({ content }) => noPlaceholders('content', content),
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    message_id: out.id(),
    note: z.string(),
  }),
  ifUnknown: LOOK,
  async run({ conversation_id, content }, { partoo }) {
    const answer = out.asObject(await partoo.messages.send(conversation_id, content));
    return { ...answer, note: noteOn(answer, TAKEN, LOOK) };
  },
  async lookFor({ conversation_id, content }, { partoo, since }) {
    const { rows } = await partoo.messages.list({ conversation_id, per_page: 100 });
    const sent = rows
      .filter(isObject)
      .find(
        message =>
          message.content === content && message.sender_type === 'User' && isSince(message.date, since),
      );
    return sent && { status: 'success', message_id: sent.id, note: SEEN };
  },
});
