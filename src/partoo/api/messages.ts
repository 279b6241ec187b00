import { exactNumber, type NumericId } from '../../core/json.ts';
import type { PartooRequest, Send } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
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

export const messages = (send: Send) => ({
  listConversations: (query: ConversationQuery) => send(cursorPage('/conversations', 'conversations', query)),
  list: (query: MessageQuery) => send(cursorPage('/messages', 'messages', query)),
});

/** Partoo responds `{status: "success", message_id}` once it has taken the message, which may still not be delivered. */
export const newMessage = (conversationId: NumericId, content: string) =>
  ({
    method: 'POST',
    path: '/messages',
    body: { conversation_id: exactNumber(conversationId), content_type: 'Text', content },
    read(json) {
      const response = readConfirmation(json, 'message_id');
      mustBeOf(response, 'conversation_id', conversationId, 'conversation');
      return response;
    },
  }) satisfies PartooRequest<Record<string, unknown>>;
