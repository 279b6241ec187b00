const MEANS_A_KEY = /apikey|(?:key|token|secret|password|pwd|bearer|auth|authorization|credentials?)$/;

/**
 * The parameter of a URL in which a caller seems to have put its key; undefined if none. A key in a URL is never read:
 * proxies and browsers write URLs down.
 */
export function keyInUrl(query: object): string | undefined {
  return Object.keys(query).find(name => MEANS_A_KEY.test(name.toLowerCase().replaceAll(/[^a-z]/g, '')));
}
