import type { FastifyRequest } from 'fastify';
import { notAllowed, notFound, unauthenticated } from './errors.ts';
import { reaches, type User, userOfKey } from './keys.ts';
import type { Business } from './model.ts';
import type { State } from './state.ts';

export function callerOf(request: FastifyRequest): User {
  const user = userOfKey(request.headers['x-apikey']);
  if (!user) throw unauthenticated();
  return user;
}

export const reachableBusinesses = (state: State, user: User) =>
  state.businesses.filter(business => reaches(user, business));

/** The businesses a list is about: those asked for, and never one out of the caller's reach. */
export function businessScope(state: State, user: User, asked: readonly string[] | undefined): Set<string> {
  const ids = reachableBusinesses(state, user).map(business => business.id);
  return new Set(asked ? ids.filter(id => asked.includes(id)) : ids);
}

/** One business by its id or `c-{code}`. Another organization's does not exist for the caller. */
export function businessOf(state: State, user: User, idOrCode: string): Business {
  const found = state.businesses.find(
    business =>
      business.org_id === user.org_id && (business.id === idOrCode || `c-${business.code}` === idOrCode),
  );
  if (!found) throw notFound();
  if (!reaches(user, found)) throw notAllowed();
  return found;
}
