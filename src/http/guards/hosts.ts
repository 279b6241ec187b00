import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { onRequestHookHandler } from 'fastify';
import { isLoopback } from '../../core/loopback.ts';
import { refusal, refuse } from '../errors/refusals.ts';

export interface HostRules {
  /** The address that the server listens on. */
  boundTo: string;
  /** Host names of this server; `*` for any. Empty: the loopback names. */
  allowedHosts: string[];
  /** Host names of pages that may call; `*` for any. Empty: pages on loopback if bound to loopback, else none. */
  allowedOrigins: string[];
}

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
  const hosts = rules.allowedHosts.length > 0 ? rules.allowedHosts : localhostAllowedHostnames();
  const mayCall = allowedPages(rules);

  return ({ headers: { host, origin } }, reply, done) => {
    // Not X-Forwarded-Host, which a page can set.
    if (!hosts.includes('*') && !validateHostHeader(host, hosts).ok) refuse(reply, WRONG_HOST);
    else if (origin !== undefined && !mayCall(origin)) refuse(reply, WRONG_ORIGIN);
    else done();
  };
}

/** Returns whether pages of an origin may call. */
export function allowedPages({ boundTo, allowedOrigins }: HostRules): (origin: string) => boolean {
  const loopback = isLoopback(boundTo) ? localhostAllowedHostnames() : [];
  const origins = allowedOrigins.length > 0 ? allowedOrigins : loopback;
  return origin => origins.includes('*') || validateOriginHeader(origin, origins).ok;
}
