import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { onRequestHookHandler } from 'fastify';
import type { Config } from '../../config/config.ts';
import { isLoopback } from '../../core/loopback.ts';
import { refusal, refuse } from '../errors/refusals.ts';

export type HostRules = Pick<Config, 'HOST' | 'ALLOWED_HOSTS' | 'ALLOWED_ORIGINS' | 'PUBLIC_URL'>;

const WRONG_ORIGIN = refusal(
  403,
  'This Origin may not call here; the operator can add it to ALLOWED_ORIGINS',
);
const WRONG_HOST = refusal(
  403,
  'This server does not answer to this Host; the operator can add it to ALLOWED_HOSTS',
);

/**
 * Refuses requests of web pages that reached this server under another name (DNS rebinding). Clients other than browsers
 * send no Origin and pass.
 */
export function hostGuard(rules: HostRules): onRequestHookHandler {
  const hosts = rules.ALLOWED_HOSTS.length > 0 ? [...rules.ALLOWED_HOSTS] : localhostAllowedHostnames();
  if (rules.PUBLIC_URL !== undefined) hosts.push(new URL(rules.PUBLIC_URL).hostname);
  const mayCall = allowedPages(rules);

  return ({ headers: { host, origin } }, reply, done) => {
    // Not X-Forwarded-Host, which a page can set.
    if (!hosts.includes('*') && !validateHostHeader(host, hosts).ok) refuse(reply, WRONG_HOST);
    else if (origin !== undefined && !mayCall(origin, host)) refuse(reply, WRONG_ORIGIN);
    else done();
  };
}

/**
 * Returns whether pages of an origin may call. `host`: the Host header. This server's own pages may, under a name that the
 * operator wrote down: with `*`, another website could have its name lead here (DNS rebinding).
 */
export function allowedPages(rules: HostRules): (origin: string, host?: string) => boolean {
  const { HOST, ALLOWED_HOSTS, ALLOWED_ORIGINS, PUBLIC_URL } = rules;
  const loopback = isLoopback(HOST) ? localhostAllowedHostnames() : [];
  const origins = ALLOWED_ORIGINS.length > 0 ? ALLOWED_ORIGINS : loopback;
  const ownHosts = ALLOWED_HOSTS.filter(name => name !== '*');
  const isOwn = (origin: string, host: string | undefined) =>
    (PUBLIC_URL !== undefined && origin === new URL(PUBLIC_URL).origin) ||
    (URL.parse(origin)?.host === host?.toLowerCase() && validateHostHeader(host, ownHosts).ok);
  return (origin, host) =>
    origins.includes('*') || validateOriginHeader(origin, origins).ok || isOwn(origin, host);
}
