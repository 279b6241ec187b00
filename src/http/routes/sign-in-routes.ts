import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { type HostRules, hostGuard } from '../guards/hosts.ts';

export interface SignInRoutesOptions {
  config: HostRules;
  /** Set where people can sign in. */
  signIn?: { routes: FastifyPluginAsync };
}

/** The endpoints and pages of sign-in. Without sign-in they do not exist, so that clients start none. */
export async function signInRoutes(
  app: FastifyInstance,
  { config, signIn }: SignInRoutesOptions,
): Promise<void> {
  if (!signIn) return;
  // Clients in any web page may sign in: each endpoint says by itself what other pages may call (CORS, CSRF).
  app.addHook('onRequest', hostGuard({ ...config, ALLOWED_ORIGINS: ['*'] }));
  await app.register(signIn.routes);
}
