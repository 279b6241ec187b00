import { hexId } from './seeded-random.ts';

type Role = 'ORG_ADMIN' | 'BUSINESS_MANAGER';

export interface User {
  id: string;
  org_id: number;
  role: Role;
  email: string;
  first_name: string;
  last_name: string;
  lang: string;
}

/** The businesses that a BUSINESS_MANAGER has access to. */
const MANAGED = ['LYON 1', 'LYON 2', 'LYON 3', 'LYON 4', 'LYON 5'].map(code => hexId('business', code));

export const hasAccess = (user: User, business: { id: string; org_id: number }) =>
  business.org_id === user.org_id && (user.role === 'ORG_ADMIN' || MANAGED.includes(business.id));

export const ORG_1 = 1;
export const ORG_2 = 2;

export const ORGANIZATIONS = [
  { org_id: ORG_1, name: 'Maison Solène', alias: 'maison_solene', provider: 'partoo', type: 'enterprise' },
  {
    org_id: ORG_2,
    name: 'Pâtisserie Lumen',
    alias: 'patisserie_lumen',
    provider: 'partoo',
    type: 'small_medium_business',
  },
];

export const DEMO_KEYS: readonly { key: string; role: string; about: string }[] = [
  { key: 'demo-admin', role: 'ORG_ADMIN', about: 'sees and edits every business of Maison Solène' },
  { key: 'demo-colleague', role: 'ORG_ADMIN', about: 'another administrator of Maison Solène' },
  { key: 'demo-manager', role: 'BUSINESS_MANAGER', about: 'sees and edits the five shops in Lyon only' },
  {
    key: 'demo-other',
    role: 'ORG_ADMIN',
    about: 'the administrator of another organization, Pâtisserie Lumen',
  },
  {
    key: 'demo-reader',
    role: 'ORG_ADMIN',
    about: 'a restricted key of an administrator of Maison Solène: it may only read',
  },
  { key: 'demo-revoked', role: 'none', about: 'a key that was revoked: every call answers 401' },
];

const person = (org_id: number, role: Role, first_name: string, last_name: string, domain: string): User => ({
  id: hexId('user', first_name, last_name),
  org_id,
  role,
  email: `${first_name}.${last_name}@${domain}`.toLowerCase(),
  first_name,
  last_name,
  lang: 'fr',
});

export const ADMIN = person(ORG_1, 'ORG_ADMIN', 'Claire', 'Vasseur', 'maison-solene.example');
export const COLLEAGUE = person(ORG_1, 'ORG_ADMIN', 'Marc', 'Delorme', 'maison-solene.example');
export const MANAGER = person(ORG_1, 'BUSINESS_MANAGER', 'Ines', 'Garnier', 'maison-solene.example');
export const OTHER = person(ORG_2, 'ORG_ADMIN', 'Paul', 'Lambert', 'patisserie-lumen.example');

const USERS: ReadonlyMap<string, User> = new Map([
  ['demo-admin', ADMIN],
  ['demo-colleague', COLLEAGUE],
  ['demo-manager', MANAGER],
  ['demo-other', OTHER],
  ['demo-reader', COLLEAGUE],
]);

export const userOfKey = (key: unknown): User | undefined =>
  typeof key === 'string' ? USERS.get(key) : undefined;

/**
 * Partoo's keys can have fewer permissions than their user (`has_restricted_permissions`, `permissions`). It does not document
 * which permission each endpoint needs, so this key has none that write.
 */
export const mayOnlyRead = (key: unknown) => key === 'demo-reader';

export const userOfId = (id: string): User | undefined => [...USERS.values()].find(user => user.id === id);
