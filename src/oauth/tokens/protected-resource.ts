/** A problem of a request to /mcp that a client can mend by signing in (RFC 6750, section 3.1). */
export interface ChallengeProblem {
  error: 'invalid_token' | 'insufficient_scope';
  description: string;
  /** The scopes that the request needs, where those of the token are too few. */
  scope?: string;
}

/** The protected resource of this server: what it is called and what tokens for it may carry. */
export interface ProtectedResource {
  /** The URL of the MCP endpoint. */
  resource: string;
  /** The origin of the authorization server. */
  issuer: string;
  scopes: readonly string[];
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** Clients look beside the path of the endpoint first (RFC 9728, section 3.1), some only at the root. */
export const RESOURCE_METADATA_PATHS = [`${WELL_KNOWN}/mcp`, WELL_KNOWN] as const;

/** The metadata of the protected resource (RFC 9728). */
export const resourceMetadata = ({ resource, issuer, scopes }: ProtectedResource) => ({
  resource,
  authorization_servers: [issuer],
  scopes_supported: scopes,
  bearer_methods_supported: ['header'],
  resource_name: 'Partoo',
});

/** Returns the value of `WWW-Authenticate` that makes a client sign in. */
export function bearerChallenge({ issuer, scopes }: ProtectedResource, problem?: ChallengeProblem): string {
  const parameters = {
    ...(problem && { error: problem.error, error_description: problem.description }),
    resource_metadata: `${issuer}${RESOURCE_METADATA_PATHS[0]}`,
    scope: problem?.scope ?? scopes.join(' '),
  };
  return `Bearer ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${quotable(value)}"`)
    .join(', ')}`;
}

/** RFC 6750 allows these characters in a quoted value. */
const quotable = (text: string) => text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'");
