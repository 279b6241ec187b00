import { type ClientMetadata, errors } from 'oidc-provider';
import { printable } from '../../core/text/printable.ts';

/** More than any client registers. */
const MAX_REDIRECT_URIS = 20;
const MAX_URL_LENGTH = 2_048;
const MAX_NAME_LENGTH = 60;
const MAX_KEYS = 20;

/** The metadata that this server reads. What else a client declares (scopes, logos, algorithms of id_tokens) changes nothing. */
const READ = new Set([
  'application_type',
  'client_id',
  'client_id_issued_at',
  'client_name',
  'client_secret',
  'client_secret_expires_at',
  'client_uri',
  'grant_types',
  'jwks',
  'jwks_uri',
  'redirect_uris',
  'response_modes',
  'response_types',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
]);

const GRANT_TYPES = ['authorization_code', 'refresh_token'];

/**
 * Schemes that browsers or operating systems act upon themselves. An app's own scheme (`cursor:`, `com.example.app:`) leads
 * to that app (RFC 8252, section 7.1).
 */
const NOT_AN_APP =
  /^(?:javascript|vbscript|data|blob|file|filesystem|about|view-source|jar|ftps?|sftp|wss?|mailto|tel|sms|callto|ssh|telnet|smb|nfs|ldaps?|git|intent|android-app|chrome(?:-\w+)?|moz-extension|edge|opera|resource|ms-[\w-]+|search-ms|search|shell|res|mk|hcp|x-apple[\w.-]*|itms[\w-]*):$/;

/** Metadata that oidc-provider reads before it checks their type. */
const TEXTS = ['token_endpoint_auth_method', 'token_endpoint_auth_signing_alg'] as const;

/**
 * Reduces the body of a registration to what this server reads.
 * @throws InvalidClientMetadata
 */
export function reduceRegistration(body: Record<string, unknown>): void {
  for (const name of Object.keys(body)) if (!READ.has(name)) delete body[name];
  for (const name of TEXTS) {
    if (body[name] !== undefined && typeof body[name] !== 'string') refuse(`${name} must be a string`);
  }
}

/**
 * Brings the metadata of a client into the form that this server keeps. Every client counts as native, whatever it says:
 * these rules allow https anywhere, http on loopback with any port, and an app's own scheme, and so the redirect URIs of
 * one client may be of all three kinds. Called by oidc-provider, which then checks the rest.
 *
 * @throws InvalidClientMetadata
 */
export function normalizeClientMetadata(metadata: ClientMetadata): void {
  reduceRegistration(metadata);
  metadata.application_type = 'native';
  metadata.response_modes = ['query'];
  metadata.response_types = ['code'];
  const { grant_types: grants, redirect_uris: uris = [], jwks } = metadata;
  metadata.grant_types = Array.isArray(grants)
    ? GRANT_TYPES.filter(name => grants.includes(name))
    : GRANT_TYPES;
  if (typeof metadata.client_name === 'string')
    metadata.client_name = printable(metadata.client_name, MAX_NAME_LENGTH);
  if (!metadata.client_name) delete metadata.client_name;
  for (const name of ['client_uri', 'jwks_uri'] as const) checkWebUri(name, metadata);
  if (Array.isArray(jwks?.keys) && jwks.keys.length > MAX_KEYS) refuse('jwks has too many keys');
  if (!Array.isArray(uris)) return;
  if (uris.length > MAX_REDIRECT_URIS) refuse('redirect_uris must have at most 20 members');
  for (const uri of uris) checkRedirectUri(uri);
}

function checkWebUri(name: 'client_uri' | 'jwks_uri', metadata: ClientMetadata): void {
  const uri = metadata[name];
  if (typeof uri !== 'string' || uri === '') return;
  // The address of a client's website is only shown, so a strange one is left out.
  if (URL.parse(uri)?.protocol === 'https:' && uri.length <= MAX_URL_LENGTH) return;
  if (name === 'jwks_uri') refuse('jwks_uri must be an https URL of at most 2048 characters');
  delete metadata[name];
}

function checkRedirectUri(uri: unknown): void {
  const url = typeof uri === 'string' && uri.length <= MAX_URL_LENGTH ? URL.parse(uri) : null;
  if (!url) refuse('redirect_uris must only contain URLs of at most 2048 characters');
  if (url.username !== '' || url.password !== '') refuse('redirect_uris must not contain credentials');
  if (NOT_AN_APP.test(url.protocol))
    refuse(`redirect_uris must not use the scheme ${url.protocol.slice(0, -1)}`);
}

function refuse(description: string): never {
  throw new errors.InvalidClientMetadata(description);
}
