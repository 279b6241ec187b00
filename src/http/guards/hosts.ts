import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { onRequestHookHandler } from 'fastify';
import { isLoopback } from '../../core/loopback.ts';
import { JSON_RPC, refuse } from '../errors.ts';

export interface HostRules {
  /** The address the server is bound to. */
  boundTo: string;
  /** Host names this server answers to; `*` for any. None means the loopback names. */
  allowedHosts: string[];
  /** Host names of the web pages that may call; `*` for any. None means loopback when bound to loopback, else no page. */
  allowedOrigins: string[];
}

/**
 * Refuses requests that a web page sent here under another name (DNS rebinding): 403 as JSON-RPC.
 * Clients that are no browsers send no Origin and pass.
 */
export function hostGuard(rules: HostRules): onRequestHookHandler {
  const hosts = rules.allowedHosts.length > 0 ? rules.allowedHosts : localhostAllowedHostnames();
  const mayCall = pagesThatMayCall(rules);

  return (request, reply, done) => {
    // What the request itself says and not X-Forwarded-Host, which a page can set as it likes.
    const host = hosts.includes('*') || validateHostHeader(request.headers.host, hosts).ok;
    const origin = request.headers.origin === undefined || mayCall(request.headers.origin);
    if (host && origin) return done();
    const message = host
      ? 'This Origin may not call here; the operator can add it to ALLOWED_ORIGINS'
      : 'This server does not answer to this Host; the operator can add it to ALLOWED_HOSTS';
    refuse(reply, { status: 403, code: JSON_RPC.refused, message });
  };
}

/** Answers whether a web page of an origin may call. */
export function pagesThatMayCall({ boundTo, allowedOrigins }: HostRules): (origin: string) => boolean {
  const loopback = isLoopback(boundTo) ? localhostAllowedHostnames() : [];
  const origins = allowedOrigins.length > 0 ? allowedOrigins : loopback;
  return origin => origins.includes('*') || validateOriginHeader(origin, origins).ok;
}
