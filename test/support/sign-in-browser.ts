import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { ClientSite } from './client-site.ts';
import { postForm } from './sign-in.ts';
import { authorization } from './sign-in-visitor.ts';

interface Start {
  browser: Browser;
  server: { origin: string };
  /** The client's website, which gets the result. */
  site: ClientSite;
  options?: BrowserContextOptions;
  /** For the client's registration. */
  metadata?: object;
}

/** Opens a client's authorization request in a browser of its own, and watches what the browser requests and complains of. */
export async function openSignIn({ browser, server, site, options = {}, metadata = {} }: Start) {
  const redirectUri = `${site.origin}/callback`;
  const { client, verifier, url } = await authorization(server.origin, {
    redirect_uris: [redirectUri],
    application_type: 'native',
    ...metadata,
  });
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  onTestFinished(() => context.close());
  // Generous: how fast the machine is decides no test.
  context.setDefaultTimeout(90_000);
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('request', request => requested.push(request.url()));
  context.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('dialog', dialog => complaints.push(`dialog: ${dialog.message()}`));
  const page = await context.newPage();
  await page.goto(url);
  return {
    context,
    page,
    url,
    requested,
    complaints,
    /** Exchanges the code with which the browser came back to the client. */
    async tokens(): Promise<Record<string, unknown>> {
      const response = await postForm(`${server.origin}/oauth/token`, {
        grant_type: 'authorization_code',
        client_id: client.client_id,
        code: new URL(page.url()).searchParams.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: redirectUri,
      });
      return response.json() as Promise<Record<string, unknown>>;
    },
  };
}

export async function enterKey(page: Page, key = 'demo-admin'): Promise<void> {
  await page.getByLabel('Partoo API key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export const allow = (page: Page) => page.getByRole('button', { name: 'Allow' }).click();
