import * as z from 'zod';
import * as out from '../outputs/outputs.ts';

const LAST_MESSAGE_CHARACTERS = 200;

/** Partoo documents the field but not its type: accepts a message as in list_messages, or a text. */
const lastMessage = out.object(
  {
    content: out.text('conversation.last_message.content', undefined, LAST_MESSAGE_CHARACTERS),
    sender_type: out.text('conversation.last_message.sender_type'),
    date: out.time(),
  },
  'Shortened; list_messages has the full text',
  value => (typeof value === 'string' ? { content: value } : value),
);

export const conversation = z.object({
  id: out.id(),
  consumer_name: out.text('conversation.consumer_name'),
  consumer_phone_number: out.text('conversation.consumer_phone_number'),
  last_message: lastMessage,
  is_read: out.flag(),
  is_solved: out.flag(),
  is_expired: out.flag(),
  status: out.text('conversation.status'),
  messaging_partner: out.text('conversation.messaging_partner'),
  first_message_date: out.time(),
  assigned_user_id: out.text('conversation.assigned_user_id'),
  business: out.object({
    id: out.text('conversation.business.id'),
    code: out.text('conversation.business.code'),
    name: out.text('conversation.business.name'),
    city: out.text('conversation.business.city'),
  }),
  issues: out.list('conversation.issues'),
});
