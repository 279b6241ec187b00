const NAMES = new Set([
  ...['key', 'apikey', 'xapikey', 'partookey', 'partooapikey', 'accesskey', 'secret', 'password'],
  ...['token', 'authtoken', 'xauthtoken', 'accesstoken', 'bearertoken', 'apitoken', 'bearer'],
  ...['auth', 'authorization'],
]);

/**
 * The parameter of a URL in which a caller seems to have put its key; undefined if none. A key in a URL is never read:
 * proxies and browsers write URLs down.
 */
export function keyInUrl(query: object): string | undefined {
  return Object.keys(query).find(name => NAMES.has(name.toLowerCase().replaceAll(/[^a-z]/g, '')));
}
