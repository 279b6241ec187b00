import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { type ClientSite, startClientSite } from '../../support/client-site.ts';
import { allow, enterKey, openSignIn } from '../../support/sign-in-browser.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';

const WRONG = 'a-wrong-key';

/** Ways to each kind of page. */
const PAGES: [name: string, lead: (page: Page) => Promise<unknown>][] = [
  ['the first step', async () => {}],
  ['the first step with an error', page => enterKey(page, WRONG)],
  ['the second step', page => enterKey(page)],
  [
    'the second step with an error',
    async page => {
      await enterKey(page);
      for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
      await allow(page);
    },
  ],
  [
    'the end after too many attempts',
    async page => {
      for (let i = 0; i < 5; i++) await enterKey(page, `${WRONG}-${i}`);
    },
  ],
  ['an app that is unknown', page => page.goto(new URL('/oauth/authorize?client_id=x', page.url()).href)],
  ['a sign-in that is over', page => page.goto(new URL('/oauth/sign-in/none', page.url()).href)],
];

describe.skipIf(!hasChromium())('axe finds nothing to complain of', () => {
  let browser: Browser;
  let server: SignInServer;
  let site: ClientSite;
  beforeAll(async () => {
    [browser, server, site] = await Promise.all([
      startChromium(),
      startWithPages({ BAD_KEYS_PER_MINUTE: '1000' }),
      startClientSite(),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close(), site?.close()]));

  test.each(PAGES)('on %s, in the light, in the dark, and on a phone', async (_, lead) => {
    const { page } = await openSignIn({ browser, server, site });
    await lead(page);
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1100, 360]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 740 });
        const { violations, incomplete, passes } = (await page.evaluate('axe.run()')) as AxeResults;
        const found = [...violations, ...incomplete].map(({ id, nodes }) => [
          id,
          nodes.map(({ html }) => html),
        ]);
        expect(found, `${colorScheme}, ${width} pixels wide`).toEqual([]);
        expect(passes.length).toBeGreaterThan(10);
      }
    }
  });
});
