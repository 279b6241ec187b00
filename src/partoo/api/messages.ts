import { exactNumber, type NumericId } from '../../core/json.ts';
import type { PartooRequest, Send } from '../requests/request.ts';
import { mustBeOf, readConfirmation } from '../responses/confirmation.ts';
import { readCursorPage } from '../responses/page.ts';

export type ConversationQuery = {
  business__in?: string[];
  per_page?: number;
  cursor?: string;
};

export type MessageQuery = {
  conversation_id: NumericId;
  per_page?: number;
  cursor?: string;
};

/** Partoo's conversations with customers and the messages in them. */
export const messages = (send: Send) => ({
  listConversations: (query: ConversationQuery) =>
    send({
      method: 'GET',
      path: '/conversations',
      query,
      read: json => readCursorPage(json, 'conversations'),
    }),

  list: (query: MessageQuery) =>
    send({ method: 'GET', path: '/messages', query, read: json => readCursorPage(json, 'messages') }),
});

/** Answers `{status: "success", message_id}`: Partoo took the message, which does not mean that it was delivered. */
export const newMessage = (conversationId: NumericId, content: string) =>
  ({
    method: 'POST',
    path: '/messages',
    body: { conversation_id: exactNumber(conversationId), content_type: 'Text', content },
    read(json) {
      const answer = readConfirmation(json, 'message_id');
      mustBeOf(answer, 'conversation_id', conversationId, 'conversation');
      return answer;
    },
  }) satisfies PartooRequest<Record<string, unknown>>;
