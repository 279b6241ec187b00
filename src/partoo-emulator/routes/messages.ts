import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { businessOf, businessScope, callerOf } from '../access.ts';
import { messageDate } from '../dates.ts';
import { notFound } from '../errors.ts';
import type { User } from '../keys.ts';
import type { Conversation, Message } from '../model.ts';
import { cursorPageOf, cursorParams } from '../pages.ts';
import { businessIds, integer, read } from '../query.ts';
import type { State } from '../state.ts';

const conversationsQuery = z.strictObject({ business__in: businessIds.optional(), ...cursorParams });

const messagesQuery = z.strictObject({
  conversation_id: integer(0, Number.MAX_SAFE_INTEGER),
  ...cursorParams,
});

const newMessage = z.strictObject({
  conversation_id: z.int(),
  content_type: z.literal('Text'),
  content: z.string().refine(content => content.trim() !== '', 'Must not be empty.'),
});

export function messageRoutes(app: FastifyInstance, state: State): void {
  app.get('/conversations', async request => {
    const asked = read(conversationsQuery, request.query);
    const scope = businessScope(state, callerOf(request), asked.business__in);
    const found = state.conversations.filter(({ business }) => scope.has(business.id));
    const { rows, ...page } = cursorPageOf(found, asked, row => row.last_message.date);
    return { ...page, conversations: rows };
  });

  app.get('/messages', async request => {
    const asked = read(messagesQuery, request.query);
    const conversation = conversationOf(state, callerOf(request), asked.conversation_id);
    const found = state.messages.filter(message => message.conversation_id === conversation.id);
    const { rows, ...page } = cursorPageOf(found, asked, row => row.date);
    const messages = rows.map(row => ({ ...row }));
    for (const row of rows) deliver(row, conversation);
    return { ...page, messages };
  });

  app.post('/messages', async request => {
    read(z.strictObject({}), request.query);
    const user = callerOf(request);
    const asked = read(newMessage, request.body);
    const conversation = conversationOf(state, user, asked.conversation_id);
    const message: Message = {
      id: state.nextId(),
      ...asked,
      date: messageDate(Date.now()),
      sender_type: 'User',
      sender_label: conversation.business.name,
      status: 'Sending',
      is_deleted: false,
      user_id: user.id,
      custom_channel: null,
    };
    state.messages.push(message);
    conversation.last_message = message;
    conversation.has_one_user_message = true;
    conversation.is_read = true;
    return { status: 'success', message_id: message.id };
  });
}

function conversationOf(state: State, user: User, id: number): Conversation {
  const found = state.conversations.find(conversation => conversation.id === id);
  if (!found) throw notFound();
  // Refuses a conversation of a business out of the caller's reach.
  businessOf(state, user, found.business.id);
  return found;
}

/** A message is Sending when first read; later it has arrived, or failed if it came too late to be answered. */
function deliver(message: Message, conversation: Conversation): void {
  if (message.status === 'Sending') message.status = conversation.is_expired ? 'Failed' : 'Success';
}
