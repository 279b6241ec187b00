import { isObject } from '../../core/is-object.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief } from '../checks/belief.ts';
import { everyRow, hasFields, hasWords, inside, rowsIn } from '../checks/fields.ts';
import { narrowsTo } from '../checks/filters.ts';
import { hasCounts, hasList, isBare, someRows } from '../checks/lists.ts';
import { cursors } from '../checks/pages.ts';
import { NotTested } from '../model/verdict.ts';

const API = 'src/partoo/api/messages.ts';
type Query = Parameters<Partoo['messages']['listConversations']>[0];

const conversations =
  (query: Query = {}): Build =>
  partoo =>
    partoo.messages.listConversations({ per_page: 100, ...query });

const ALL = conversations();
const rows = rowsIn(ALL, 'conversations');
const businessId = ({ business }: Record<string, unknown>) =>
  isObject(business) && typeof business.id === 'string' ? business.id : undefined;

/** The messages of the first conversation. */
async function messagesOf(probe: Probe, perPage = 100, cursor?: string): Promise<Build> {
  const [conversation] = await someRows(probe, ALL, 'conversations');
  const id = conversation?.id;
  if (typeof id !== 'number' && typeof id !== 'string') throw new NotTested('no conversation has an id');
  return partoo => partoo.messages.list({ conversation_id: id, per_page: perPage, cursor });
}

const messageRows = async (probe: Probe) => someRows(probe, await messagesOf(probe), 'messages');

export const messages: Belief[] = [
  {
    id: 'messages.conversations.list',
    says: 'GET /conversations answers with a list conversations; per_page may be 100',
    grade: 'D',
    code: `${API}#'/conversations', 'conversations'`,
    check: hasList(ALL, 'conversations'),
  },
  {
    id: 'messages.conversations.counts',
    says: 'beside the list stands count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#count: readNumber',
    check: hasCounts(ALL, 'conversations', ['count']),
  },
  {
    id: 'messages.conversations.cursor',
    says: 'next_cursor, sent as cursor, continues the list',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#next_cursor',
    check: cursors('conversations', async (_, cursor) => conversations({ per_page: 1, cursor })),
  },
  {
    id: 'messages.conversations.filter.business',
    says: 'business__in returns only conversations of these businesses',
    grade: 'D',
    code: `${API}#business__in`,
    check: narrowsTo(
      'conversations',
      ALL,
      businessId,
      value => conversations({ business__in: [value] }),
      (row, value) => businessId(row) === value,
    ),
  },
  {
    id: 'messages.conversations.fields',
    says: 'a conversation has the documented fields',
    grade: 'D',
    code: 'src/tools/messages/conversation-columns.ts#consumer_name',
    check: hasFields(rows, {
      id: 'integer',
      consumer_name: 'text',
      consumer_phone_number: 'text?',
      first_message_date: 'messageTime?',
      issues: 'list?',
      last_message: 'object?',
      is_read: 'boolean',
      status: 'text',
      business: 'object',
      messaging_partner: 'text',
      created_at: 'text?',
      is_expired: 'boolean',
      is_solved: 'boolean',
      assigned_user_id: 'text?',
    }),
  },
  {
    id: 'messages.conversations.business',
    says: 'its business has id, name and city',
    grade: 'D',
    code: 'src/tools/messages/list-conversations.ts#business',
    check: hasFields(inside(rows, 'business'), { id: 'businessId', name: 'text', city: 'text?' }),
  },
  {
    id: 'messages.conversations.last',
    says: 'last_message is a message, with content, sender_type and date',
    grade: 'I',
    code: 'src/tools/messages/conversation-columns.ts#not its type',
    check: hasFields(inside(rows, 'last_message'), {
      content: 'text',
      sender_type: 'text',
      date: 'messageTime',
    }),
  },
  {
    id: 'messages.conversations.status',
    says: 'a status is open or closed, in any case',
    grade: 'D',
    code: 'src/tools/messages/update-conversation.ts#shown === status',
    check: everyRow(
      rows,
      row => row.status,
      value => ['open', 'closed'].includes(String(value).toLowerCase()),
      'a status is another word',
    ),
  },
  {
    id: 'messages.conversations.one',
    says: 'GET /conversations/{id} answers with one conversation, without an envelope',
    grade: 'D',
    code: `${API}#/conversations/{conversation_id}`,
    check: isBare(async probe => {
      const [first] = await someRows(probe, ALL, 'conversations');
      const id = first?.id;
      if (typeof id !== 'number') throw new NotTested('no conversation has an id');
      return partoo => partoo.messages.conversation(id);
    }, 'id'),
  },
  {
    id: 'messages.list',
    says: 'GET /messages?conversation_id= answers with a list messages',
    grade: 'D',
    code: `${API}#'/messages', 'messages'`,
    check: async probe => hasList(await messagesOf(probe), 'messages')(probe),
  },
  {
    id: 'messages.cursor',
    says: 'next_cursor, sent as cursor, continues the list',
    grade: 'D',
    code: `${API}#cursor?:`,
    check: cursors('messages', (probe, cursor) => messagesOf(probe, 1, cursor)),
  },
  {
    id: 'messages.fields',
    says: 'a message has the documented fields, and a date with the zone +00:00',
    grade: 'D',
    code: 'src/tools/messages/list-messages.ts#sender_type',
    check: hasFields(messageRows, {
      id: 'integer',
      conversation_id: 'integer',
      date: 'messageTime',
      content_type: 'text',
      sender_type: 'text',
      sender_label: 'text?',
      status: 'text?',
      content: 'text',
      is_deleted: 'boolean?',
      user_id: 'text?',
    }),
  },
  {
    id: 'messages.sender',
    says: 'sender_type is User, Consumer or Metadata',
    grade: 'D',
    code: 'src/tools/messages/list-messages.ts#sender_type',
    check: hasWords(messageRows, 'sender_type', ['User', 'Consumer', 'Metadata']),
  },
  {
    id: 'messages.status',
    says: 'a status is Sending, Success or Failed',
    grade: 'D',
    code: 'src/tools/messages/list-messages.ts#message.status',
    check: hasWords(messageRows, 'status', ['Sending', 'Success', 'Failed']),
  },
];
