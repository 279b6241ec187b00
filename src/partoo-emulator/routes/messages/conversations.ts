import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../../data/state.ts';
import { businessOf, businessScope, callerOf } from '../../http/access.ts';
import { badRequest, notAllowed, notFound } from '../../http/errors.ts';
import { cursorPageOf, cursorParams } from '../../http/pages.ts';
import { businessIds, hexIdText, integer, read } from '../../http/parameters.ts';
import { hasAccess, ORGANIZATIONS, type User, userOfId } from '../../model/keys.ts';
import type { Conversation } from '../../model/types.ts';

const conversationsQuery = z.strictObject({ business__in: businessIds.optional(), ...cursorParams });

const conversationId = z.object({ id: integer(0, Number.MAX_SAFE_INTEGER) });

/** One of the two, never both. */
const change = z.union(
  [
    z.strictObject({ status: z.enum(['open', 'closed']) }),
    z.strictObject({ assigned_user_id: z.union([hexIdText, z.literal('unassigned')]) }),
  ],
  { error: 'Either status (open or closed) or assigned_user_id.' },
);

const nothing = z.strictObject({});

export function conversationRoutes(app: FastifyInstance, state: State): void {
  app.get('/conversations', async request => {
    const params = read(conversationsQuery, request.query);
    const user = callerOf(request);
    const scope = businessScope(state, user, params.business__in);
    const found = state.conversations.filter(({ business }) => scope.has(business.id));
    const { rows, ...page } = cursorPageOf(found, params, row => row.last_message.date);
    return { ...page, conversations: rows.map(row => asSeenBy(user, row)) };
  });

  app.get('/conversations/:id', async request => {
    read(nothing, request.query);
    const user = callerOf(request);
    return asSeenBy(user, conversationOf(state, user, read(conversationId, request.params).id));
  });

  app.patch('/conversations/:id', async request => {
    read(nothing, request.query);
    const user = callerOf(request);
    const conversation = conversationOf(state, user, read(conversationId, request.params).id);
    const body = read(change, request.body);
    if ('status' in body) setStatus(conversation, body.status);
    else assign(state, conversation, user, body.assigned_user_id);
    return { status: 'success' };
  });

  app.post('/conversations/:id/read', async request => {
    read(nothing, request.query);
    const user = callerOf(request);
    const conversation = conversationOf(state, user, read(conversationId, request.params).id);
    read(nothing, request.body);
    readers.set(conversation, (readers.get(conversation) ?? new Set()).add(user.id));
    return { status: 'success' };
  });
}

/** The users who have marked a conversation as read, each for themselves. */
const readers = new WeakMap<Conversation, Set<string>>();

const asSeenBy = ({ id }: User, conversation: Conversation): Conversation => ({
  ...conversation,
  is_read: conversation.is_read || readers.get(conversation)?.has(id) === true,
});

export function conversationOf(state: State, user: User, id: number): Conversation {
  const found = state.conversations.find(conversation => conversation.id === id);
  if (!found) throw notFound();
  // Throws if the caller has no access to the business.
  businessOf(state, user, found.business.id);
  return found;
}

function setStatus(conversation: Conversation, status: 'open' | 'closed'): void {
  if (status === 'open' && conversation.is_expired) {
    throw badRequest({ status: 'An expired conversation cannot be reopened.' });
  }
  conversation.status = status === 'open' ? 'Open' : 'Closed';
  conversation.is_solved = status === 'closed';
}

function assign(state: State, conversation: Conversation, caller: User, userId: string): void {
  const organization = ORGANIZATIONS.find(({ org_id }) => org_id === caller.org_id);
  if (organization?.type !== 'enterprise') throw notAllowed();
  const assignee = userOfId(userId);
  const business = state.businesses.find(({ id }) => id === conversation.business.id);
  if (userId !== 'unassigned' && !(assignee && business && hasAccess(assignee, business))) {
    throw badRequest({ assigned_user_id: 'Not an active user who sees this conversation.' });
  }
  conversation.assigned_user_id = assignee?.id ?? null;
}
