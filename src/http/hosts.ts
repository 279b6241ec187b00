import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { onRequestHookHandler } from 'fastify';
import { JSON_RPC, refuse } from './errors.ts';

export interface HostRules {
  /** The address the server is bound to. */
  boundTo: string;
  /** Host names this server answers to; none means any, or the loopback names when bound to loopback. */
  allowedHosts: string[];
  /** Host names of the web pages that may call; none means any, or loopback when bound to loopback. */
  allowedOrigins: string[];
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Refuses requests that a web page sent here under another name (DNS rebinding): 403 as JSON-RPC.
 * Clients that are no browsers send no Origin and pass.
 */
export function hostGuard({ boundTo, allowedHosts, allowedOrigins }: HostRules): onRequestHookHandler {
  const loopback = LOOPBACK.has(boundTo) ? localhostAllowedHostnames() : [];
  const hosts = allowedHosts.length > 0 ? allowedHosts : loopback;
  const origins = allowedOrigins.length > 0 ? allowedOrigins : loopback;

  return (request, reply, done) => {
    const host = hosts.length === 0 || validateHostHeader(request.headers.host, hosts).ok;
    const origin = origins.length === 0 || validateOriginHeader(request.headers.origin, origins).ok;
    if (host && origin) return done();
    const message = host
      ? 'This Origin may not call here; the operator can add it to ALLOWED_ORIGINS'
      : 'This server does not answer to this Host; the operator can add it to ALLOWED_HOSTS';
    refuse(reply, { status: 403, code: JSON_RPC.refused, message });
  };
}
