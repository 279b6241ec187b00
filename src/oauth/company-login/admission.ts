import { isGoogle, isPublicIssuer } from '../../config/oidc-issuers.ts';
import { isObject } from '../../core/is-object.ts';
import { printable } from '../../core/text/printable.ts';
import type { Refused } from './refusals.ts';

/** The people whom the operator admits. `*` in a list admits everybody with an account at the issuer. */
export interface AdmissionRules {
  issuer: string;
  /** Email domains in lower case, exact: `acme.com` admits nobody of `eu.acme.com`. */
  allowedDomains: string[];
  /** A person needs one of them, besides an allowed domain where both are set. */
  allowedGroups: string[];
  groupsClaim: string;
  /** Without any, everybody admitted may write. */
  writeGroups: string[];
}

export interface Admitted {
  /** Email, or what the login gives instead: a user name, or a name and an identifier. */
  person: string;
  mayWrite: boolean;
}

/** Claims of an ID token or of userinfo. `sub` is unique at the issuer. */
export type Claims = Record<string, unknown> & { sub: string };

/** Applies the operator's rules to a person whom the company's login has identified. */
export function admit(claims: Claims, rules: AdmissionRules): Admitted | Refused {
  const refused = domainRefusal(claims, rules) ?? groupRefusal(claims, rules);
  if (refused) return refused;
  const { writeGroups } = rules;
  const mayWrite = writeGroups.length === 0 || shareAnItem(groupsOf(claims, rules), writeGroups);
  return { person: nameOf(claims, rules), mayWrite };
}

/** Claims without which the rules cannot be applied, or a person be named. */
export const claimsNeededBy = ({ allowedGroups, writeGroups, groupsClaim }: AdmissionRules) => [
  'email',
  'email_verified',
  ...(allowedGroups.length + writeGroups.length > 0 ? [groupsClaim] : []),
];

const ANYBODY = '*';

function domainRefusal(claims: Claims, rules: AdmissionRules): Refused | undefined {
  const { allowedDomains: domains } = rules;
  if (domains.length === 0 || domains.includes(ANYBODY)) return undefined;
  const email = emailOf(claims);
  if (email === undefined) return { reason: 'no_email' };
  const domain = email.slice(email.indexOf('@') + 1);
  if (!domains.includes(domain)) return { reason: 'other_domain', email };
  const doubt = doubtAbout(claims, rules);
  return doubt && { reason: doubt, email };
}

function groupRefusal(claims: Claims, rules: AdmissionRules): Refused | undefined {
  const { allowedGroups: allowed } = rules;
  if (allowed.length === 0 || allowed.includes(ANYBODY)) return undefined;
  const groups = groupsOf(claims, rules);
  if (shareAnItem(groups, allowed)) return undefined;
  if (groups.length > 0) return { reason: 'no_member' };
  // Microsoft leaves the groups out of the token of a person who is in more than 200.
  const areTooMany = isObject(claims._claim_names) || claims.hasgroups === true;
  return { reason: areTooMany ? 'too_many_groups' : 'no_groups' };
}

const shareAnItem = (some: string[], others: string[]) => some.some(item => others.includes(item));

/** Some logins send a single group as a string. */
function groupsOf(claims: Claims, { groupsClaim }: AdmissionRules): string[] {
  const groups = Object.hasOwn(claims, groupsClaim) ? claims[groupsClaim] : undefined;
  return [groups].flat().filter(group => typeof group === 'string' && group !== '') as string[];
}

/** In lower case. Undefined unless it has one `@` and a domain in ASCII, so that no look-alike letter passes. */
function emailOf({ email }: Claims): string | undefined {
  const valid = typeof email === 'string' && /^[^\s@\p{C}]{1,64}@[a-zA-Z0-9.-]{1,253}$/u.test(email);
  return valid ? email.toLowerCase() : undefined;
}

/** Returns why the address does not prove that the person belongs to its domain. */
function doubtAbout({ email_verified, hd }: Claims, { issuer }: AdmissionRules) {
  // Amazon Cognito sends a string.
  const verified = String(email_verified);
  // A company's own login may leave the claim out, as Microsoft's does. Where anybody can open an account it has to be true.
  if (isPublicIssuer(issuer) ? verified !== 'true' : verified === 'false') return 'unverified_email';
  // Google still calls an address verified when its owner has left the company. Only `hd` says that a company manages the account.
  return isGoogle(issuer) && typeof hd !== 'string' ? 'private_account' : undefined;
}

const LONGEST_NAME = 200;

/** Returns a name for the log, in one line of at most 200 characters. */
export function nameOf(claims: Claims, rules: AdmissionRules): string {
  const { preferred_username: username, name, sub } = claims;
  const email = doubtAbout(claims, rules) ? undefined : emailOf(claims);
  const candidates = [email, username, typeof name === 'string' ? `${name} (${sub})` : '', sub];
  const names = candidates.map(text => (typeof text === 'string' ? printable(text, LONGEST_NAME) : ''));
  return names.find(text => text !== '') ?? 'somebody without a name';
}
