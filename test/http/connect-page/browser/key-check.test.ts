import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasChromium, startChromium } from '../../../support/chromium.ts';
import { visitConnectPage } from '../../../support/connect-browser.ts';
import { SIGN_IN_SECRET } from '../../../support/sign-in.ts';
import { type RunningPair, startPair } from '../../../support/start.ts';

const ACCESS_TOKEN = 'an-access-token-of-32-characters-or-more';

describe.skipIf(!hasChromium())('the key check in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  async function start(env: Record<string, string> = {}): Promise<{ pair: RunningPair; page: Page }> {
    const pair = await startPair(env);
    onTestFinished(() => pair.close());
    const { page } = await visitConnectPage(browser, pair.origin);
    return { pair, page };
  }

  async function check(page: Page, secret: string): Promise<string> {
    await page.locator('#key').fill(secret);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.locator('.good, .bad').waitFor();
    return (await page.locator('[data-check-result]').innerText()).replaceAll(/\s+/g, ' ');
  }

  test('says whose key it is and what it may do', async () => {
    const { page, pair } = await start();
    const result = await check(page, 'demo-admin');
    expect(result).toContain('This key works.');
    expect(result).toContain('Maison Solène');
    expect(result).toContain('Claire Vasseur');
    expect(result).toContain('Administrator');
    expect(result).toMatch(/Locations 45 /);
    expect(result).toContain('reply to reviews');
    const kept = await page.evaluate(
      'JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])',
    );
    expect(kept).not.toContain('demo-admin');
    expect(JSON.stringify(pair.log)).not.toContain('demo-admin');
  });

  test('says that Partoo rejects a key, and that a placeholder is none', async () => {
    const { page } = await start();
    expect(await check(page, 'demo-revoked')).toContain('Partoo does not accept this key');
    expect(await check(page, 'YOUR_PARTOO_KEY')).toContain('a placeholder');
    expect(await check(page, 'clé-avec-accents')).toContain('no key at all');
  });

  test('says that Partoo refuses a key, or is down', async () => {
    const { page, pair } = await start();
    pair.partoo.faults.add({ kind: 'status', path: /user\/me/, status: 403, times: 9 });
    expect(await check(page, 'demo-admin')).toContain('refuses this key (403)');
    pair.partoo.faults.clear();
    pair.partoo.faults.add({ kind: 'status', path: /user\/me/, status: 500, times: 9 });
    expect(await check(page, 'demo-manager')).toContain('Partoo does not respond');
  });

  test('says that the limit is used up, with the seconds', async () => {
    const { page } = await start({ RATE_LIMIT_PER_MINUTE: '4', RATE_LIMIT_MAX_WAIT_MS: '0' });
    let result = '';
    for (let i = 0; i < 4 && !result.includes('Too many'); i++) result = await check(page, 'demo-admin');
    expect(result).toMatch(/Too many requests for the moment. Try again in \d+ seconds?\./);
  });

  test('says that this server is down', async () => {
    const { page, pair } = await start();
    await pair.close();
    expect(await check(page, 'demo-admin')).toContain('This server does not respond');
  });

  test('takes an access token where callers send that', async () => {
    const { page } = await start({ PARTOO_API_KEY: 'demo-admin', ACCESS_TOKEN });
    expect(await page.getByLabel('Access token').isVisible()).toBe(true);
    expect(await check(page, ACCESS_TOKEN)).toContain('Maison Solène');
    expect(await check(page, 'demo-admin')).toContain('does not accept this token');
  });

  test('works beside sign-in with a key', async () => {
    const { page } = await start({ SIGN_IN: 'key', SIGN_IN_SECRET, PUBLIC_URL: 'http://127.0.0.1:3000' });
    expect(await check(page, 'demo-admin')).toContain('Maison Solène');
  });

  test('counts businesses where the operator does not offer get_account', async () => {
    const { page } = await start({ TOOLSETS: 'businesses' });
    expect(await check(page, 'demo-admin')).toMatch(/This key works. It sees \d+ open locations/);
  });

  test.each([
    ['no credentials are needed', { PARTOO_API_KEY: 'demo-admin' }],
    ['neither tool is offered', { TOOLSETS: 'reviews' }],
  ])('is not there where %s', async (_, env) => {
    const { page } = await start(env as Record<string, string>);
    expect(await page.locator('#key').count()).toBe(0);
  });
});
