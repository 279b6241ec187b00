/** The endpoints of the authorization server. */
export const ROUTES = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
  jwks: '/oauth/jwks',
} as const;

/** The page of one authorization request. */
export const signInPath = (uid: string) => `/oauth/sign-in/${uid}`;
