import { type Finding, faults, warnings } from './finding.ts';
import { isPublicIssuer, isSharedTenant } from './oidc-issuers.ts';
import type { Settings } from './settings.ts';

/** Contradictions among the settings of sign-in. */
export function signInFindings(settings: Settings): Finding[] {
  const { SIGN_IN, PUBLIC_URL, SIGN_IN_SECRET, REPLICAS_HINT } = settings;
  const oidc = SIGN_IN === 'oidc';
  const admitsAll = restrictsNobody(settings.OIDC_ALLOWED_DOMAINS, settings.OIDC_ALLOWED_GROUPS);
  const contradictions = faults([
    [
      SIGN_IN !== undefined && PUBLIC_URL === undefined,
      'PUBLIC_URL: SIGN_IN needs the URL by which clients call this server',
    ],
    [
      SIGN_IN !== undefined && SIGN_IN_SECRET.length === 0,
      'SIGN_IN_SECRET: SIGN_IN needs a secret of at least 32 characters (openssl rand -hex 32)',
    ],
    [
      SIGN_IN !== undefined && REPLICAS_HINT > 1 && settings.REDIS_URL === undefined,
      'REDIS_URL: SIGN_IN with several replicas needs it, since a sign-in that begins at one replica may end at another',
    ],
    [
      oidc && settings.OIDC_ISSUER === undefined,
      "OIDC_ISSUER: SIGN_IN=oidc needs the issuer of the company's login",
    ],
    [
      oidc && settings.OIDC_CLIENT_ID === undefined,
      "OIDC_CLIENT_ID: SIGN_IN=oidc needs this server's client id at the company's login",
    ],
    [
      oidc && settings.OIDC_ALLOWED_DOMAINS.length === 0 && settings.OIDC_ALLOWED_GROUPS.length === 0,
      'OIDC_ALLOWED_DOMAINS: SIGN_IN=oidc needs it or OIDC_ALLOWED_GROUPS, or anyone with an account at the issuer could sign in (* admits all of them)',
    ],
    [
      oidc && settings.OIDC_ISSUER !== undefined && isSharedTenant(settings.OIDC_ISSUER),
      "OIDC_ISSUER: accepts accounts of every company; name your company's tenant, as in https://login.microsoftonline.com/<tenant id>/v2.0",
    ],
    [
      oidc && settings.OIDC_ISSUER !== undefined && isPublicIssuer(settings.OIDC_ISSUER) && admitsAll,
      'OIDC_ALLOWED_DOMAINS: * would admit the whole world, since anyone can open an account at OIDC_ISSUER; name the domains of your company',
    ],
  ]);
  const risks = warnings([
    [
      SIGN_IN !== undefined && settings.REDIS_URL === undefined,
      'SIGN_IN without REDIS_URL: sign-ins are kept in memory, so a restart ends them and people sign in again. Set REDIS_URL.',
    ],
    [!oidc && settings.OIDC_ISSUER !== undefined, 'OIDC_ISSUER has no effect without SIGN_IN=oidc.'],
  ]);
  return [...contradictions, ...risks];
}

/** Whether every list that is set holds `*`. */
function restrictsNobody(...lists: string[][]): boolean {
  const rules = lists.filter(list => list.length > 0);
  return rules.length > 0 && rules.every(list => list.includes('*'));
}
