import { exactNumber, type NumericId } from '../core/json.ts';
import { readCursorPage } from './page.ts';
import type { Send } from './request.ts';

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
  listConversations: async (query: ConversationQuery) =>
    readCursorPage(await send({ method: 'GET', path: '/conversations', query }), 'conversations'),

  list: async (query: MessageQuery) =>
    readCursorPage(await send({ method: 'GET', path: '/messages', query }), 'messages'),

  /** A 200 means that Partoo took the message, not that it was delivered. */
  send: (conversationId: NumericId, content: string) =>
    send({
      method: 'POST',
      path: '/messages',
      body: { conversation_id: exactNumber(conversationId), content_type: 'Text', content },
    }),
});
