import type { FastifyRequest } from 'fastify';
import type { State } from '../data/state.ts';
import { hasAccess, type User, userOfKey } from '../model/keys.ts';
import type { Business } from '../model/types.ts';
import { notAllowed, notFound, unauthenticated } from './errors.ts';

export function callerOf(request: FastifyRequest): User {
  const user = userOfKey(request.headers['x-apikey']);
  if (!user) throw unauthenticated();
  return user;
}

export const accessibleBusinesses = (state: State, user: User) =>
  state.businesses.filter(business => hasAccess(user, business));

/** The ids of the requested businesses that the caller has access to; of all without a request. */
export function businessScope(
  state: State,
  user: User,
  requested: readonly string[] | undefined,
): Set<string> {
  const ids = accessibleBusinesses(state, user).map(business => business.id);
  return new Set(requested ? ids.filter(id => requested.includes(id)) : ids);
}

/** By id or `c-{code}`. For other organizations, the business does not exist. */
export function businessOf(state: State, user: User, idOrCode: string): Business {
  const found = state.businesses.find(
    business =>
      business.org_id === user.org_id && (business.id === idOrCode || `c-${business.code}` === idOrCode),
  );
  if (!found) throw notFound();
  if (!hasAccess(user, found)) throw notAllowed();
  return found;
}
