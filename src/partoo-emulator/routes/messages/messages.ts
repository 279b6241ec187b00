import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../../data/state.ts';
import { callerOf } from '../../http/access.ts';
import { cursorPageOf, cursorParams } from '../../http/pages.ts';
import { integer, read } from '../../http/parameters.ts';
import { messageDate } from '../../model/dates.ts';
import type { Conversation, Message } from '../../model/types.ts';
import { conversationOf } from './conversations.ts';

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
  app.get('/messages', async request => {
    const params = read(messagesQuery, request.query);
    const conversation = conversationOf(state, callerOf(request), params.conversation_id);
    const found = state.messages.filter(message => message.conversation_id === conversation.id);
    const { rows, ...page } = cursorPageOf(found, params, row => row.date);
    const messages = rows.map(row => ({ ...row }));
    for (const row of rows) deliver(row, conversation);
    return { ...page, messages };
  });

  app.post('/messages', async request => {
    read(z.strictObject({}), request.query);
    const user = callerOf(request);
    const body = read(newMessage, request.body);
    const conversation = conversationOf(state, user, body.conversation_id);
    const message: Message = {
      id: state.nextId(),
      ...body,
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

/** A message is Sending when first read. Then it has arrived, or failed if the conversation had expired. */
function deliver(message: Message, conversation: Conversation): void {
  if (message.status === 'Sending') message.status = conversation.is_expired ? 'Failed' : 'Success';
}
