import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { createEmulator } from '../src/partoo-emulator/emulator.ts';

/**
 * Takes the pictures of the connect page and the sign-in pages in docs/pictures/, in a Chromium with the demo emulator behind the server. Install
 * Debian's `chromium` and `fonts-roboto-unhinted` first.
 */

const DIRECTORY = join(import.meta.dirname, '../docs/pictures');
/** The address that the pictures show. Nothing is sent there: requests go to the server of this process. */
const PUBLIC_URL = 'https://mcp.example.com';
const CLIENT = 'https://claude.ai/oauth/client-metadata.json';
const REDIRECT_URI = 'https://claude.ai/api/mcp/auth_callback';

const DESKTOP = { viewport: { width: 760, height: 700 } };
/** The connect page is long: its pictures show the top. */
const WINDOW = { viewport: { width: 1100, height: 980 } };
const PHONE = { viewport: { width: 390, height: 800 }, isMobile: true };

interface Picture {
  name: string;
  options: BrowserContextOptions;
  /** The page; the sign-in of a client by default. */
  path?: string;
  lead?: (page: Page) => Promise<void>;
}

const pictures: Picture[] = [
  { name: 'connect', options: WINDOW, path: '/', lead: waitForHealth },
  { name: 'connect-dark', options: { ...WINDOW, colorScheme: 'dark' }, path: '/', lead: waitForHealth },
  { name: 'connect-phone', options: PHONE, path: '/', lead: waitForHealth },
  { name: 'sign-in', options: DESKTOP },
  { name: 'sign-in-dark', options: { ...DESKTOP, colorScheme: 'dark' } },
  { name: 'sign-in-consent', options: DESKTOP, lead: enterKey },
  { name: 'sign-in-consent-dark', options: { ...DESKTOP, colorScheme: 'dark' }, lead: enterKey },
  { name: 'sign-in-phone', options: PHONE, lead: enterKey },
];

async function waitForHealth(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

async function enterKey(page: Page): Promise<void> {
  await page.getByLabel('Partoo API key').fill('demo-admin');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Maison Solène').waitFor();
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
if (executablePath === undefined) throw new Error('No Chromium on this machine: apt-get install chromium');

const emulator = createEmulator();
const config = readConfig({
  SIGN_IN: 'key',
  SIGN_IN_SECRET: '0'.repeat(64),
  PUBLIC_URL,
});
const app = await createApp(config, await emulator.listen(), pino({ level: 'silent' }), {
  signInOptions: { publicFetch: { fetch: async () => Response.json(metadata), close: async () => {} } },
});
const metadata = {
  client_id: CLIENT,
  client_name: 'Claude',
  redirect_uris: [REDIRECT_URI],
  token_endpoint_auth_method: 'none',
};
const origin = await app.listen({ host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

for (const { name, options, path, lead } of pictures) {
  const context = await browser.newContext({ ...options, locale: 'en-GB' });
  await context.route(`${PUBLIC_URL}/**`, async route => {
    const url = route.request().url().replace(PUBLIC_URL, origin);
    const response = await route.fetch({ url, maxRedirects: 0 });
    const { location } = response.headers();
    // Chromium would follow a redirect to the real address.
    const body = `<meta http-equiv="refresh" content="0;url=${location}">`;
    const redirect = { status: 200, contentType: 'text/html', body };
    await route.fulfill({ response, ...(location !== undefined && redirect) });
  });
  const page = await context.newPage();
  const request = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT,
    redirect_uri: REDIRECT_URI,
    code_challenge: createHash('sha256').update('of the pictures').digest('base64url'),
    code_challenge_method: 'S256',
  });
  await page.goto(`${PUBLIC_URL}${path ?? `/oauth/authorize?${request}`}`);
  await lead?.(page);
  await page.screenshot({ path: join(DIRECTORY, `${name}.png`), fullPage: path === undefined });
  await context.close();
}

await browser.close();
await app.close();
await emulator.close();
