import type { NumericId } from '../core/json.ts';
import { orUndefined } from '../core/or-undefined.ts';
import { EVERY_STATUS } from './api/businesses.ts';
import type { Partoo } from './partoo.ts';

type Values = Record<string, unknown>;

/** The owner of a key. Everything but `user` is undefined where its own request fails. */
export interface Account {
  user: Values;
  organization: Values | undefined;
  /** Businesses of any status that the key can see. */
  businesses: number | undefined;
}

/** Reads the organization and the number of businesses of a key's user: two requests, neither of which may fail the other. */
export async function readAccount(user: Values, partoo: Partoo): Promise<Account> {
  const { org_id: id } = user;
  const isId = typeof id === 'number' || (typeof id === 'string' && id !== '');
  const [organization, found] = await Promise.all([
    isId ? orUndefined(partoo.organizations.get(id as NumericId)) : undefined,
    orUndefined(partoo.businesses.search({ status: EVERY_STATUS, page: 1, per_page: 1 })),
  ]);
  return { user, organization, businesses: found?.count };
}
