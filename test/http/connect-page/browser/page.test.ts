import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_KEYS } from '../../../../src/partoo-emulator/model/keys.ts';
import { tools } from '../../../../src/tools/index.ts';
import { hasChromium, startChromium } from '../../../support/chromium.ts';
import { visitConnectPage } from '../../../support/connect-browser.ts';
import { type RunningPair, startPair } from '../../../support/start.ts';

const PHONE = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true };
const TABS = [
  'Claude',
  'ChatGPT',
  'Claude Code',
  'Cursor',
  'VS Code',
  'Claude Desktop',
  'Inspector',
  'SDKs',
  'curl',
];

describe.skipIf(!hasChromium())('the connect page of the demo in Chromium', () => {
  let browser: Browser;
  let demo: RunningPair;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([startChromium(), startPair({ PARTOO_ENV: 'demo' })]);
  });
  afterAll(() => Promise.all([browser?.close(), demo?.close()]));

  const visit = (options = {}) => visitConnectPage(browser, demo.origin, options);
  const command = (page: Page) => page.locator('[data-snippet=claudeCode]').textContent();
  const selected = (page: Page) => page.locator('[role=tab][aria-selected=true]').textContent();

  test('reads completely without JavaScript: every client, tool and question, and no button that does nothing', async () => {
    const { page, complaints } = await visit({ javaScriptEnabled: false });
    for (const name of TABS) {
      expect(await page.getByRole('heading', { name, exact: true }).isVisible(), name).toBe(true);
    }
    for (const { name } of tools)
      expect(await page.locator(`[data-tool=${name}]`).isVisible(), name).toBe(true);
    expect(await page.locator('noscript .note').first().isVisible(), 'how to filter').toBe(true);
    for (const { key } of DEMO_KEYS) expect(await page.locator('.keys').textContent()).toContain(key);
    expect(await page.locator('button:visible').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('asks this server only, and no error is reported', async () => {
    const { page, requested, complaints } = await visit();
    await page.waitForLoadState('networkidle');
    expect(new Set(requested.map(url => new URL(url).origin))).toEqual(new Set([demo.origin]));
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('has tabs that the arrow keys move between, and an address for each', async () => {
    const { page } = await visit();
    expect(await page.getByRole('tab').allTextContents()).toEqual(TABS);
    expect(await selected(page), 'the first that can connect to this machine').toBe('Claude Code');
    await page.getByRole('tab', { name: 'Claude Code' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await selected(page)).toBe('Cursor');
    expect(await page.getByRole('tabpanel').count()).toBe(1);
    await page.keyboard.press('End');
    expect(await selected(page)).toBe('curl');
    await page.keyboard.press('ArrowRight');
    expect(await selected(page)).toBe('Claude');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    expect(await selected(page)).toBe('curl');
    expect(new URL(page.url()).hash).toBe('#curl');
    const again = await visitConnectPage(browser, `${demo.origin}/#vs-code`);
    expect(await selected(again.page)).toBe('VS Code');
  });

  test('copies a command, and tells screen readers', async () => {
    const { page } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy: Command' }).click();
    await page.locator('[data-announce]').getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `claude mcp add --transport http partoo ${demo.url} --header "x-APIKey: demo-admin"`,
    );
  });

  test('changes every snippet, link, mark and total by the toggles', async () => {
    const { page } = await visit();
    const total = page.locator('[data-total]');
    const before = await total.textContent();
    await page.getByText('Read only', { exact: true }).click();
    expect(await command(page)).toContain(`"${demo.url}?readonly=true"`);
    expect(await total.textContent()).not.toBe(before);
    expect(await page.locator('[data-tool=reply_to_review]').getAttribute('class')).toBe('off');
    expect(await page.locator('[data-tool=reply_to_review] [data-listed]').getAttribute('aria-label')).toBe(
      'Not in your list',
    );

    await page.locator('.chip', { hasText: 'Reviews' }).click();
    await page.locator('.chip', { hasText: 'Default list' }).click();
    const url = `${demo.url}?readonly=true&toolsets=reviews`;
    expect(await command(page)).toContain(`"${url}"`);
    for (const code of await page.locator('[data-snippet]').all())
      expect(await code.textContent()).toContain(url);
    const link = await page.locator('[data-link=cursorLink]').getAttribute('href');
    const config = new URLSearchParams(link?.split('?')[1]).get('config') ?? '';
    expect(JSON.parse(Buffer.from(config, 'base64').toString()).url).toBe(url);
    expect(await page.locator('[data-snippet=curl]').textContent()).toContain('search_reviews');

    await page.locator('.chip', { hasText: 'All' }).click();
    await page.getByText('Read only', { exact: true }).click();
    expect(await command(page)).toContain(`"${demo.url}?toolsets=all"`);
    expect(await total.textContent()).toContain(`${tools.length} tools`);
    await page.locator('.chip', { hasText: 'All' }).click();
    expect(await command(page), 'the default list again').toContain(`${demo.url} --header`);
  });

  test('the playground shows the answer of any tool as a model reads it', async () => {
    const { page } = await visit();
    await page.locator('[data-play-tool]').selectOption('get_business');
    await page.getByRole('button', { name: 'Send' }).click();
    const answer = page.locator('[data-play-answer]');
    await answer.locator('pre').waitFor();
    expect(JSON.parse((await answer.locator('pre').textContent()) ?? '')).toMatchObject({ code: 'LYON 1' });
    expect(await answer.textContent()).toMatch(/\d ms · [\d,]+ characters/);

    await page.locator('[data-play-arguments]').fill('{ "business_id": ');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('not valid JSON').waitFor();
    await page.locator('[data-play-arguments]').fill('{ "business_id": "nobody" }');
    await page.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('Error', { exact: true }).waitFor();
    expect(await answer.textContent()).toContain('not_found');
  });

  test('every tool has an example in the playground that works', async () => {
    const { page } = await visit();
    const send = page.getByRole('button', { name: 'Send' });
    const failed: string[] = [];
    // What deletes last: other examples use the same things.
    const order = tools.toSorted((a, b) => Number(a.effect === 'deletes') - Number(b.effect === 'deletes'));
    for (const { name } of order) {
      await page.locator('[data-play-tool]').selectOption(name);
      await page.locator('[data-play-answer]').evaluate('node => node.replaceChildren()');
      await send.click();
      await page.locator('[data-play-answer] pre').waitFor();
      if ((await page.locator('[data-play-answer] .pill').count()) > 0) {
        failed.push(`${name}: ${await page.locator('[data-play-answer] pre').textContent()}`);
      }
    }
    expect(failed).toEqual([]);
  });

  test('fits a phone: nothing to scroll sideways, and targets large enough for a thumb', async () => {
    for (const locale of ['en-GB', 'fr-FR']) {
      const { page } = await visit({ ...PHONE, locale });
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        expect(
          await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        ).toBe(0);
      }
      for (const target of await page.locator('button:visible, .chip:visible').all()) {
        expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
    }
  });

  test('speaks French throughout', async () => {
    const { page } = await visit({ locale: 'fr-FR' });
    await page.getByLabel('Clé API Partoo').fill('demo-manager');
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await page.getByText('Cette clé fonctionne.').waitFor();
    expect(await page.locator('[data-check-result]').textContent()).toContain('Responsable d’établissement');
    expect(await page.locator('[data-total]').textContent()).toMatch(/^14 outils dans votre liste/);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing to complain of in the %s', async colorScheme => {
    for (const options of [{ viewport: { width: 1280, height: 900 } }, PHONE]) {
      const { page } = await visit({ ...options, colorScheme });
      await page.getByLabel('Partoo API key').fill('demo-admin');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText('This key works.').waitFor();
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('[data-play-answer] pre').waitFor();
      await page.evaluate(axe.source);
      for (const name of ['Claude', 'VS Code', 'SDKs']) {
        await page.getByRole('tab', { name, exact: true }).click();
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(found, `${name}, ${options.viewport.width} pixels wide`).toEqual([]);
      }
    }
  });
});
