import * as z from 'zod';
import { isBusinessId as isHexId } from '../../partoo/api/businesses.ts';
import { type ConversationChange, conversationUpdate, NOBODY } from '../../partoo/api/messages.ts';
import { defineTool, type Problem } from '../definition/define-tool.ts';
import { oneOf, text } from '../fields/index.ts';
import { conversationId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';

const NOTES = {
  open: 'The conversation is open again.',
  closed: 'The conversation is closed and counts as solved. The customer is not told.',
  [NOBODY]: 'Nobody is assigned to the conversation now.',
};
const ASSIGNED = 'The conversation is assigned to this user.';

const noteOf = ({ status, assigned_user_id }: ConversationChange) =>
  status ? NOTES[status] : assigned_user_id === NOBODY ? NOTES[NOBODY] : ASSIGNED;

export const updateConversation = defineTool({
  name: 'update_conversation',
  title: 'Update a conversation',
  description:
    'Close a conversation that is solved, open it again, or hand it over to a colleague; one of the two a call. ' +
    'Sends nothing to the customer. Closing sets is_solved; an expired conversation cannot be opened again. ' +
    'Assigning is for enterprise organizations. Returns what changed.',
  effect: 'replaces',
  optional: true,
  consequence: 'closes, opens or assigns a conversation for the whole team',
  input: {
    conversation_id: conversationId,
    status: oneOf(['open', 'closed'], 'Not with assigned_user_id.', {
      aliases: { solved: 'closed', reopened: 'open' },
    }).optional(),
    assigned_user_id: text(`Id of an active user who sees the conversation, or ${NOBODY}.`)
      .transform(id => id.trim().toLowerCase())
      .refine(id => id === NOBODY || isHexId(id), {
        error: `must be a user id of 24 hex characters, or ${NOBODY}`,
      })
      .optional(),
  },
  check: oneChange,
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    note: z.string(),
  }),
  recoveryHint: 'Call get_conversation and compare is_solved and assigned_user_id.',
  request: ({ conversation_id, ...change }) => conversationUpdate(conversation_id, change),
  result: (response, change) => ({ ...response, note: noteOf(change) }),
  target: ({ conversation_id }) => ({ kind: 'id', value: String(conversation_id) }),
  verification: {
    async find({ conversation_id, ...change }, { partoo }) {
      const found = await partoo.messages.conversation(conversation_id);
      return isChanged(found, change) ? { status: 'success', note: noteOf(change) } : undefined;
    },
  },
});

function oneChange(args: ConversationChange): Problem[] {
  const given = (['status', 'assigned_user_id'] as const).filter(name => name in args);
  if (given.length === 1) return [];
  return given.length === 2
    ? [{ argument: 'assigned_user_id', message: 'cannot go with status: make two calls, one for each' }]
    : [{ argument: 'status', message: 'give status or assigned_user_id: what to change' }];
}

/** Certain only if everything that Partoo shows of the change agrees with it. */
function isChanged(
  found: Record<string, unknown>,
  { status, assigned_user_id }: ConversationChange,
): boolean {
  if (status === undefined) {
    if (!('assigned_user_id' in found)) return false;
    return String(found.assigned_user_id ?? NOBODY).toLowerCase() === assigned_user_id;
  }
  const isClosed = status === 'closed';
  if (typeof found.is_solved !== 'boolean' || found.is_solved !== isClosed) return false;
  const shown = String(found.status ?? status).toLowerCase();
  return shown === status;
}
