const MEANS_A_KEY = /apikey|(?:key|token|secret|password|pwd|bearer|auth|authorization|credentials?)$/;

/** The query parameter that seems to hold a key; undefined if none does. Keys are never read from a URL, which proxies log. */
export function keyInUrl(query: object): string | undefined {
  return Object.keys(query).find(name => MEANS_A_KEY.test(name.toLowerCase().replaceAll(/[^a-z]/g, '')));
}
