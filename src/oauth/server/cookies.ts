import type { Configuration } from 'oidc-provider';

const SESSION = '_session';
const COOKIE = { httpOnly: true, sameSite: 'lax' } as const;

export const COOKIES: Configuration['cookies'] = {
  names: { session: SESSION, interaction: '_sign_in', resume: '_sign_in_end' },
  short: COOKIE,
  long: COOKIE,
};

/** No session of a browser is remembered, so oidc-provider's cookie for it would mean nothing. */
export function dropSessionCookie(response: {
  getHeader(name: string): unknown;
  setHeader(name: string, value: string[]): unknown;
}) {
  const cookies = response.getHeader('set-cookie');
  if (!Array.isArray(cookies)) return;
  response.setHeader(
    'set-cookie',
    cookies.filter(cookie => !String(cookie).startsWith(`${SESSION}=`)),
  );
}
