import type { Send } from '../requests/request.ts';
import { objectsIn } from '../responses/confirmation.ts';
import { readObject } from '../responses/page.ts';

/** One permission that Partoo knows, such as `business_edit_name`. */
export interface Permission {
  name: string;
  /** Roles that can never have it. */
  disabledForRoles: string[];
}

/** Partoo's `/permissions`: `{sections: [{subsections: [{permissions: [{name, disabled_for_roles}]}]}]}`. */
export const permissions = (send: Send) => ({
  list: () => send({ method: 'GET', path: '/permissions', read: readPermissions }),
});

function readPermissions(json: unknown): Permission[] {
  const sections = objectsIn(readObject(json).sections);
  return sections
    .flatMap(({ subsections }) => objectsIn(subsections))
    .flatMap(({ permissions }) => objectsIn(permissions))
    .flatMap(({ name, disabled_for_roles: roles }) =>
      typeof name === 'string'
        ? [{ name, disabledForRoles: Array.isArray(roles) ? roles.map(String) : [] }]
        : [],
    );
}
