import { exactNumber, type NumericId } from '../../core/json.ts';
import { path } from '../requests/path.ts';
import type { Send, WriteRequest } from '../requests/request.ts';
import { confirmationOf, mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { Incomplete, readObject } from '../responses/page.ts';
import { cursorPage } from './lists.ts';

type ConversationQuery = {
  business__in?: string[];
  per_page?: number;
  cursor?: string;
};

type MessageQuery = {
  conversation_id: NumericId;
  per_page?: number;
  cursor?: string;
};

/** Partoo takes one of the two. */
export type ConversationChange = { status?: 'open' | 'closed'; assigned_user_id?: string };

export const NOBODY = 'unassigned';

const ONE = '/conversations/{conversation_id}';
const one = (id: NumericId) => ({ path: path`/conversations/${id}`, template: ONE });
const readMark = (id: NumericId) => ({ path: path`/conversations/${id}/read`, template: `${ONE}/read` });

export const messages = (send: Send) => ({
  listConversations: (query: ConversationQuery) => send(cursorPage('/conversations', 'conversations', query)),

  conversation: (id: NumericId) =>
    send({
      method: 'GET',
      ...one(id),
      read(json) {
        const conversation = readObject(json);
        if (!conversation.id) throw new Incomplete('has no id');
        mustBeOf(conversation, 'id', id, 'conversation');
        return conversation;
      },
    }),

  list: (query: MessageQuery) => send(cursorPage('/messages', 'messages', query)),
});

/** Partoo responds `{status: "success", message_id}` once it has taken the message, which may still not be delivered. */
export const newMessage = (conversationId: NumericId, content: string): WriteRequest => ({
  method: 'POST',
  path: '/messages',
  body: { conversation_id: exactNumber(conversationId), content_type: 'Text', content },
  read(json) {
    const response = readConfirmation(json, 'message_id');
    mustBeOf(response, 'conversation_id', conversationId, 'conversation');
    return response;
  },
});

/** Partoo responds `{status: "success"}`. */
export const conversationUpdate = (id: NumericId, change: ConversationChange): WriteRequest => ({
  method: 'PATCH',
  ...one(id),
  body: change,
  idempotent: true,
  read: confirmationOf('conversation', id),
});

/**
 * Undocumented: the body and the response. Inferred: no fields, sent as JSON because Partoo refuses a POST of another type,
 * and `{status: "success"}`.
 */
export const conversationRead = (id: NumericId): WriteRequest => ({
  method: 'POST',
  ...readMark(id),
  body: {},
  idempotent: true,
  read: confirmationOf('conversation', id),
});
