import { isGoogle, isPublicIssuer } from '../../config/oidc-issuers.ts';
import { isObject } from '../../core/is-object.ts';
import { type Refused, refuse } from './refusals.ts';

/** The people whom the operator admits. `*` in a list admits everybody with an account at the issuer. */
export interface AdmissionRules {
  OIDC_ISSUER: string;
  /** Email domains in lower case, exact: `acme.com` admits nobody of `eu.acme.com`. */
  OIDC_ALLOWED_DOMAINS: string[];
  /** A person needs one of them, besides an allowed domain where both are set. */
  OIDC_ALLOWED_GROUPS: string[];
  OIDC_GROUPS_CLAIM: string;
  /** Without any, everybody admitted may write. */
  OIDC_WRITE_GROUPS: string[];
}

export interface Admitted {
  /** Email, or what the login gives instead: a user name, or a name and an identifier. */
  person: string;
  mayWrite: boolean;
}

/** Claims of an ID token or of userinfo. `sub` is unique at the issuer. */
export type Claims = Record<string, unknown> & { sub: string };

/** Applies the operator's rules to a person whom the company's login has identified. Without a rule nobody is admitted. */
export function admit(claims: Claims, rules: AdmissionRules): Admitted | Refused {
  const { OIDC_ALLOWED_DOMAINS: domains, OIDC_ALLOWED_GROUPS: groups, OIDC_WRITE_GROUPS: writers } = rules;
  if (domains.length + groups.length === 0) return refuse('no_rule');
  const refused = domainRefusal(claims, rules) ?? groupRefusal(claims, rules);
  if (refused) return refused;
  const mayWrite = writers.length === 0 || shareAnItem(groupsOf(claims, rules), writers);
  return { person: nameOf(claims, rules), mayWrite };
}

/** Claims without which the rules cannot be applied, or a person be named. */
export const claimsNeededBy = ({
  OIDC_ALLOWED_GROUPS,
  OIDC_WRITE_GROUPS,
  OIDC_GROUPS_CLAIM,
}: AdmissionRules) => [
  'email',
  'email_verified',
  ...(OIDC_ALLOWED_GROUPS.length + OIDC_WRITE_GROUPS.length > 0 ? [OIDC_GROUPS_CLAIM] : []),
];

const ANYBODY = '*';

function domainRefusal(claims: Claims, rules: AdmissionRules): Refused | undefined {
  const { OIDC_ALLOWED_DOMAINS: domains } = rules;
  if (domains.length === 0 || domains.includes(ANYBODY)) return undefined;
  const email = emailOf(claims);
  if (email === undefined) return refuse('no_email');
  const domain = email.slice(email.indexOf('@') + 1);
  if (!domains.includes(domain)) return refuse('other_domain', email);
  const doubt = doubtAbout(claims, rules);
  return doubt && refuse(doubt, email);
}

function groupRefusal(claims: Claims, rules: AdmissionRules): Refused | undefined {
  const { OIDC_ALLOWED_GROUPS: allowed } = rules;
  if (allowed.length === 0 || allowed.includes(ANYBODY)) return undefined;
  const groups = groupsOf(claims, rules);
  if (shareAnItem(groups, allowed)) return undefined;
  if (groups.length > 0) return refuse('no_member');
  // Microsoft leaves the groups out of the token of a person who is in more than 200.
  return refuse(isObject(claims._claim_names) || claims.hasgroups === true ? 'too_many_groups' : 'no_groups');
}

const shareAnItem = (some: string[], others: string[]) => some.some(item => others.includes(item));

/** Some logins send a single group as a string. */
function groupsOf(claims: Claims, { OIDC_GROUPS_CLAIM }: AdmissionRules): string[] {
  const groups = Object.hasOwn(claims, OIDC_GROUPS_CLAIM) ? claims[OIDC_GROUPS_CLAIM] : undefined;
  return [groups].flat().filter(group => typeof group === 'string' && group !== '') as string[];
}

/** In lower case. Undefined unless it has one `@` and a domain in ASCII, so that no look-alike letter passes. */
function emailOf({ email }: Claims): string | undefined {
  const valid = typeof email === 'string' && /^[^\s@\p{C}]{1,64}@[a-zA-Z0-9.-]{1,253}$/u.test(email);
  return valid ? email.toLowerCase() : undefined;
}

/** Returns why the address does not prove that the person belongs to its domain. */
function doubtAbout({ email_verified, hd }: Claims, { OIDC_ISSUER }: AdmissionRules) {
  // Amazon Cognito sends a string.
  const verified = String(email_verified);
  // A company's own login may leave the claim out, as Microsoft's does. Where anybody can open an account it has to be true.
  if (isPublicIssuer(OIDC_ISSUER) ? verified !== 'true' : verified === 'false') return 'unverified_email';
  // Google still calls an address verified when its owner has left the company. Only `hd` says that a company manages the account.
  return isGoogle(OIDC_ISSUER) && typeof hd !== 'string' ? 'private_account' : undefined;
}

const LONGEST_NAME = 200;

/** Returns a name for the log, in one line of at most 200 characters. */
export function nameOf(claims: Claims, rules: AdmissionRules): string {
  const { preferred_username: username, name, sub } = claims;
  const email = doubtAbout(claims, rules) ? undefined : emailOf(claims);
  const candidates = [email, username, typeof name === 'string' ? `${name} (${sub})` : '', sub];
  const names = candidates.map(text =>
    typeof text === 'string' ? text.replaceAll(/[\p{C}\s]+/gu, ' ').trim() : '',
  );
  return names.find(text => text !== '')?.slice(0, LONGEST_NAME) ?? 'somebody without a name';
}
