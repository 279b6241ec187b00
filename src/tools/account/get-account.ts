import * as z from 'zod';
import { readAccount } from '../../partoo/account.ts';
import type { Permission } from '../../partoo/api/permissions.ts';
import { defineTool } from '../definition/define-tool.ts';
import { flag } from '../fields/index.ts';
import * as out from '../outputs/outputs.ts';

export const getAccount = defineTool({
  name: 'get_account',
  title: 'Get the account',
  description:
    'Whose Partoo key this connection has: user, role, organization, number of businesses it sees. Use it after ' +
    'permission_denied, or to tell the user what their key may do.',
  effect: 'reads',
  optional: true,
  input: {
    with_permissions: flag('true: also the permissions that this role can have.').optional(),
  },
  output: z.object({
    user: out.object({
      id: out.text('account.user.id'),
      first_name: out.text('account.user.first_name'),
      last_name: out.text('account.user.last_name'),
      email: out.text('account.user.email'),
      role: out.text('account.user.role'),
      // Partoo documents it for a key, not for the user of a key.
      has_restricted_permissions: out.flag('true: this key may do less than its role'),
    }),
    organization: out.object({
      id: out.id(),
      name: out.text('account.organization.name'),
      alias: out.text('account.organization.alias'),
      type: out.text('account.organization.type'),
    }),
    businesses: out.number('That this key sees, of any status'),
    permissions: out.list('account.permissions'),
    role_may: out.list('account.role_may'),
    note: z.string().optional(),
  }),
  async run({ with_permissions }, { partoo }) {
    const { user, organization, businesses } = await readAccount(await partoo.me(), partoo);
    return {
      user,
      organization: { id: user.org_id, ...organization },
      businesses,
      // Partoo does not document whether a restricted key narrows it.
      permissions: user.permissions,
      ...(with_permissions && rightsOf(user.role, await partoo.permissions.list())),
    };
  },
});

const BY_ROLE =
  'role_may is what Partoo lets this role have; this user, or this key itself, may have been given less.';

function rightsOf(role: unknown, permissions: Permission[]) {
  const possible = permissions.filter(({ disabledForRoles }) => !disabledForRoles.includes(String(role)));
  return { role_may: possible.map(({ name }) => name), note: BY_ROLE };
}
