import type { Configuration } from 'oidc-provider';

/** Signed: the value is in the URL of the page too, which proxies log and browsers keep. */
const COOKIE = { httpOnly: true, sameSite: 'lax', signed: true } as const;

export const COOKIES = {
  names: { session: '_session', interaction: '_sign_in', resume: '_sign_in_end' },
  short: COOKIE,
  long: COOKIE,
} satisfies Configuration['cookies'];

/** No session of a browser is remembered, so oidc-provider's cookie for it would mean nothing. */
export function dropSessionCookie(response: {
  getHeader(name: string): unknown;
  setHeader(name: string, value: string[]): unknown;
}) {
  const cookies = response.getHeader('set-cookie');
  if (!Array.isArray(cookies)) return;
  response.setHeader(
    'set-cookie',
    cookies.filter(cookie => !/^_session(?:\.sig)?=/.test(String(cookie))),
  );
}
