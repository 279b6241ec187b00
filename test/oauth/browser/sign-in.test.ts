import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { type ClientSite, startClientSite } from '../../support/client-site.ts';
import { ALL_SCOPES } from '../../support/sign-in.ts';
import { allow, enterKey, openSignIn } from '../../support/sign-in-browser.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
};
const SIXTEEN_MINUTES = 16 * 60_000;

describe.skipIf(!hasChromium())('sign-in in Chromium', () => {
  let browser: Browser;
  let server: SignInServer;
  let client: ClientSite;
  beforeAll(async () => {
    [browser, server, client] = await Promise.all([
      startChromium(),
      startWithPages({ BAD_KEYS_PER_MINUTE: '1000' }),
      startClientSite(),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close(), client?.close()]));

  const start = (more: { options?: BrowserContextOptions; metadata?: object; site?: ClientSite } = {}) =>
    openSignIn({ browser, server, site: client, ...more });
  const backAtClient = (page: Page, site = client) => page.waitForURL(`${site.origin}/callback**`);

  test.each([
    ['with scripts', {}],
    ['without JavaScript', { javaScriptEnabled: false }],
    ['on a phone', PHONE],
    ['in the dark', { colorScheme: 'dark' }],
  ] satisfies [string, BrowserContextOptions][])(
    'goes from the first page to a token %s',
    async (_, options) => {
      const { page, tokens, complaints, requested } = await start({ options });
      expect(await page.getByRole('heading').textContent()).toBe('Connect Test client to Partoo');
      await enterKey(page);
      await page.getByText('Maison Solène').waitFor();
      await allow(page);
      await backAtClient(page);
      expect(await tokens()).toMatchObject({ scope: ALL_SCOPES });
      expect(complaints, 'the policy blocks nothing').toEqual([]);
      const origins = new Set(requested.map(url => new URL(url).origin));
      expect([...origins], 'no other website is asked for anything').toEqual([server.origin, client.origin]);
    },
  );

  test('fits a phone: nothing to scroll sideways, and buttons large enough for a thumb', async () => {
    const { page } = await start({ options: PHONE, metadata: { client_name: 'W'.repeat(60) } });
    const sideways = () =>
      page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(await sideways()).toBe(0);
    await enterKey(page);
    await page.getByText('Maison Solène').waitFor();
    expect(await sideways()).toBe(0);
    for (const target of await page.locator('button, label.choice').all()) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  });

  test('works with the keyboard alone', async () => {
    const { page, tokens } = await start();
    const focused = () => page.locator(':focus').getAttribute('name');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('key');
    await page.keyboard.type('demo-admin');
    await page.keyboard.press('Enter');
    await page.getByText('Maison Solène').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Use another key');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('permission');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('toolset');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await backAtClient(page);
    expect(await tokens()).toMatchObject({
      scope: 'partoo:read partoo:reviews partoo:messages partoo:posts partoo:analytics partoo:account',
    });
  });

  test('reports a wrong key at the field, empties it, and goes on with the right one', async () => {
    const { page } = await start();
    await enterKey(page, 'a-wrong-key-1234');
    const field = page.getByLabel('Partoo API key');
    await page.getByText('Partoo does not accept this key').waitFor();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await field.inputValue()).toBe('');
    expect(await page.locator('#key:focus').count()).toBe(1);
    expect(await field.getAttribute('aria-describedby')).toContain('key-error');
    await enterKey(page);
    await page.getByText('Maison Solène').waitFor();
  });

  test('reports at the choices that nothing is chosen', async () => {
    const { page } = await start();
    await enterKey(page);
    for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
    await allow(page);
    await page.getByText('Choose at least one').waitFor();
    expect(await page.locator(':focus').getAttribute('value')).toBe('businesses');
  });

  test('tells the client when the person cancels', async () => {
    const { page } = await start();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await backAtClient(page);
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
  });

  test('survives a double click on every button', async () => {
    const { page, tokens } = await start();
    await page.getByLabel('Partoo API key').fill('demo-admin');
    await page.getByRole('button', { name: 'Sign in' }).dblclick();
    await page.getByText('Maison Solène').waitFor();
    await page.getByRole('button', { name: 'Allow' }).dblclick();
    await backAtClient(page);
    expect(await tokens()).toMatchObject({ scope: ALL_SCOPES });
  });

  test('says that it is finished when the person goes back to it', async () => {
    const { page } = await start();
    await enterKey(page);
    await allow(page);
    await backAtClient(page);
    await page.goBack();
    expect(await page.getByRole('heading').textContent()).toBe('This sign-in is finished');
  });

  test('goes back from the second step to the first', async () => {
    const { page } = await start();
    await enterKey(page);
    await page.getByRole('link', { name: 'Use another key' }).click();
    await enterKey(page, 'demo-other');
    await page.getByText('Pâtisserie Lumen').waitFor();
  });

  test('says that it cannot go on when it took too long', async () => {
    const { page } = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + SIXTEEN_MINUTES });
    onTestFinished(() => void vi.useRealTimers());
    await enterKey(page);
    expect(await page.getByRole('heading').textContent()).toBe('This sign-in cannot go on');
  });

  test('cannot be finished by another browser that has its address', async () => {
    const { page } = await start();
    await enterKey(page);
    await page.getByText('Maison Solène').waitFor();
    const stranger = await browser.newContext();
    onTestFinished(() => stranger.close());
    const other = await stranger.newPage();
    await other.goto(page.url());
    expect(await other.getByRole('heading').textContent()).toBe('This sign-in cannot go on');
  });

  test('shows markup in the name of a client as text', async () => {
    const name = '<img src=x onerror=alert(1)>"><b>Claude';
    const { page, complaints } = await start({ metadata: { client_name: name } });
    expect(await page.getByRole('heading').textContent()).toBe(`Connect ${name} to Partoo`);
    await enterKey(page);
    expect(await page.getByRole('heading').textContent()).toBe(`Allow ${name} to use Partoo?`);
    expect(await page.locator('img, b, script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('leaves the key in no URL, no referrer, no history and no storage', async () => {
    const { context, page, requested } = await start();
    await enterKey(page, 'a-wrong-key-1234');
    await page.getByText('Partoo does not accept this key').waitFor();
    await enterKey(page);
    await page.getByText('Maison Solène').waitFor();
    expect(await page.content()).not.toContain('demo-admin');
    await allow(page);
    await backAtClient(page);
    const session = await context.newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    const kept = JSON.stringify([
      requested,
      entries,
      client.requests,
      await context.storageState(),
      server.log,
    ]);
    expect(kept).not.toMatch(/demo-admin|a-wrong-key/);
    expect(
      client.requests.map(({ referer }) => referer).filter(Boolean),
      'the client learns no address of ours',
    ).toEqual([]);
  });

  test('cannot be framed', async () => {
    const { page, url } = await start();
    const framing = await startClientSite({ '/': `<iframe src="${url.replaceAll('&', '&amp;')}"></iframe>` });
    onTestFinished(() => framing.close());
    await page.goto(framing.origin);
    const frame = page.frames()[1];
    await expect.poll(() => frame?.url()).toMatch(/^chrome-error:/);
  });

  test('reaches a client whose redirect URI leads on to another website', async () => {
    const last = await startClientSite({}, 'localhost');
    const site = await startClientSite({ '/callback': { redirect: `${last.origin}/done` } });
    onTestFinished(async () => void (await Promise.all([last.close(), site.close()])));
    const { page, complaints } = await start({ site });
    await enterKey(page);
    await allow(page);
    await page.waitForURL(`${last.origin}/done?code=**`);
    expect(complaints).toEqual([]);
  });

  test('reports back to a client that opened it in a pop-up window', async () => {
    const site = await startClientSite({
      '/': `<script>addEventListener('message', ({ data }) => document.body.append(data))</script>
        <button onclick="open(location.hash.slice(1), 'sign-in', 'popup')">Connect</button>`,
      '/callback': '<script>opener.postMessage(location.search, "*"); close()</script>',
    });
    onTestFinished(() => site.close());
    const { page, url, context } = await start({ site });
    await page.goto(`${site.origin}/#${url}`);
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Connect' }).click();
    const popup = await opened;
    await enterKey(popup);
    await allow(popup);
    await page.getByText('?code=').waitFor();
  });
});
