/** Issuers at which anybody can open an account. */
const PUBLIC_ISSUERS = [
  'accounts.google.com',
  'appleid.apple.com',
  'gitlab.com',
  'slack.com',
  'www.facebook.com',
  'www.linkedin.com',
];

/** Microsoft's issuers for accounts of any company, whose administrators choose what their tokens say. The last is private accounts'. */
const SHARED_TENANTS = ['common', 'organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'];

export const isPublicIssuer = (issuer: string) => PUBLIC_ISSUERS.includes(new URL(issuer).hostname);

export const isGoogle = (issuer: string) => new URL(issuer).hostname === 'accounts.google.com';

/** Whether an issuer speaks for every company at Microsoft instead of for one. */
export function isSharedTenant(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  const tenant = pathname.split('/')[1] ?? '';
  return hostname === 'login.microsoftonline.com' && SHARED_TENANTS.includes(tenant.toLowerCase());
}
