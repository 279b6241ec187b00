import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { ConnectionOptions } from 'node:tls';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, fetch } from 'undici';

/** Returns the addresses of a host name. */
export type LookUp = (host: string) => Promise<LookupAddress[]>;

interface PublicFetchOptions {
  lookUp?: LookUp;
  /** For tests: certificates to trust. */
  ca?: ConnectionOptions['ca'];
  /** For tests: addresses that count as public. */
  allow?: readonly string[];
}

const TIMEOUT_MS = 5_000;
/** A second try of the same name server is left to the person who tries to sign in again. */
const LOOK_UP = { timeout: 1_500, tries: 1 };
const MAX_HEADER_BYTES = 16 * 1024;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** A document that this server will not take later either. */
export class RefusedDocument extends Error {
  override readonly name = 'RefusedDocument';
}

export interface PublicFetch {
  fetch(url: URL, signal?: AbortSignal): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Returns a fetch for URLs that strangers name: https only, JSON only, no redirects, and no connection to an address that is
 * not public. The addresses are checked as they are connected to, so a name cannot resolve to another one later.
 *
 * oidc-provider has such a guard too, but only after the connection, on private symbols of undici; without them it lets everything through.
 */
export function createPublicFetch({
  lookUp = lookUpWith(),
  ca,
  allow = [],
}: PublicFetchOptions = {}): PublicFetch {
  const mayConnect = (address: string) => allow.includes(address) || isPublic(address);
  const connect = buildConnector({
    timeout: TIMEOUT_MS,
    ...(ca && { ca }),
    lookup(host, options, done) {
      lookUp(host).then(
        addresses => {
          const refused = addresses.find(({ address }) => !mayConnect(address));
          if (refused) return done(notPublic(host), []);
          const [first] = addresses;
          if (options.all || !first) return done(null, addresses);
          done(null, first.address, first.family);
        },
        error => done(error, []),
      );
    },
  });
  const agent = new Agent({
    connect(options, done) {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      // Addresses are connected to without a look-up.
      if (ipaddr.isValid(host) && !mayConnect(host)) return done(notPublic(host), null);
      connect(options, done);
    },
    connections: 2,
    // A later request may mean another address.
    pipelining: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return {
    async fetch(url, signal) {
      if (url.protocol !== 'https:') throw new RefusedDocument('not an https URL');
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, {
        headers: { accept: 'application/json', 'user-agent': 'partoo-mcp' },
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        dispatcher: agent,
      }).catch(error => {
        // The error of `fetch` says only that it failed.
        throw error.cause instanceof Error ? error.cause : error;
      });
      if (!JSON_TYPE.test(response.headers.get('content-type') ?? '')) {
        await response.body?.cancel();
        throw new RefusedDocument('the response is not JSON');
      }
      return response as unknown as Response;
    },
    close: () => agent.destroy(),
  };
}

/**
 * Returns a function that asks the system's name servers, or `servers`. Not by `dns.lookup`, which holds one of four threads
 * of the process for as long as a name server that a stranger chose says nothing.
 *
 * @throws The first error when a host has neither an IPv4 nor an IPv6 address.
 */
export function lookUpWith(servers?: readonly string[]): LookUp {
  return async host => {
    // A new one each time reads the system's settings again.
    const resolver = new Resolver(LOOK_UP);
    if (servers) resolver.setServers(servers);
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = [
      ...(ipv4.status === 'fulfilled' ? ipv4.value.map(address => ({ address, family: 4 })) : []),
      ...(ipv6.status === 'fulfilled' ? ipv6.value.map(address => ({ address, family: 6 })) : []),
    ];
    if (addresses.length === 0 && ipv4.status === 'rejected') throw ipv4.reason;
    return addresses;
  };
}

/** Not public, whatever its range says: the host of a virtual machine in Azure. */
const AZURE_HOST = '168.63.129.16';
/** The IPv6 addresses that have been given to the public internet. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is on the public internet. An IPv4 address mapped into IPv6 counts as itself. */
export function isPublic(address: string): boolean {
  // Accepts the short and octal forms of IPv4 too, which the system would resolve.
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.toString() === AZURE_HOST) return false;
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(PUBLIC_IPV6));
}

const notPublic = (host: string) => new RefusedDocument(`${host} is not on the public internet`);
