import axe, { type AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { startPair } from '../../support/start.ts';
import { overflowOf } from '../../support/view-host/axe.ts';
import { inPage, openViewHost, type ShownView } from '../../support/view-host/view-host.ts';
import { cardOf, findOut, opened, preview, sendButton, write } from './inbox.ts';

const UNANSWERED: Record<string, unknown> = { state__in: 'not_treated', per_page: 4 };

interface State {
  state: string;
  args?: Record<string, unknown>;
  locale?: string;
  lead?(view: ShownView): Promise<unknown>;
  fault?: Parameters<Awaited<ReturnType<typeof startPair>>['partoo']['faults']['add']>[0];
}

const POST = { method: 'POST', path: '/v2/comments' };

async function send(view: ShownView) {
  const card = await cardOf(view, 0);
  await preview(card);
  await sendButton(card).click();
  return card;
}

const STATES: State[] = [
  { state: 'a list of all reviews', args: { per_page: 12 } },
  { state: 'a list in French', args: { per_page: 4 }, locale: 'fr-FR' },
  { state: 'a reply that is written', lead: async view => write(await cardOf(view, 0)) },
  { state: 'a reply before it is sent', lead: async view => preview(await cardOf(view, 0)) },
  {
    state: 'a reply that was sent',
    lead: async view => (await send(view)).getByText('Sent', { exact: true }).waitFor(),
  },
  {
    state: 'a reply that was refused',
    fault: { ...POST, kind: 'status', status: 403 },
    lead: async view => (await send(view)).getByRole('alert').waitFor(),
  },
  {
    state: 'a reply whose outcome is unknown',
    fault: { ...POST, kind: 'cut' },
    lead: async view => {
      const card = await send(view);
      await findOut(card).click();
      await card.getByText('Send again', { exact: true }).waitFor();
    },
  },
  { state: 'an empty list', args: { keywords: 'xyzzy' } },
  { state: 'counts', args: { count_by: 'rating' } },
];

describe.skipIf(!hasChromium())(
  'in the review inbox, light and dark, on desktops and phones, axe finds nothing in',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterAll(() => browser?.close());

    test.each(STATES)('$state', async ({ args = UNANSWERED, locale = 'en-GB', lead, fault }) => {
      const pair = await startPair();
      onTestFinished(() => pair.close());
      const host = await openViewHost({ browser, url: pair.url, locale });
      onTestFinished(() => host.close());
      if (fault) pair.partoo.faults.add(fault);
      const view = await host.show('search_reviews', args);
      if (args.count_by === undefined) await opened(view);
      await lead?.(view);
      await view.frame.evaluate(axe.source);
      for (const theme of ['light', 'dark'] as const) {
        await inPage(view.page, 'changeContext', { theme });
        for (const width of [1000, 320]) {
          await view.page.setViewportSize({ width, height: 800 });
          const { violations, passes } = (await view.frame.evaluate('axe.run()')) as AxeResults;
          const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
          expect(found, `${theme}, ${width} pixels wide`).toEqual([]);
          expect(passes.length).toBeGreaterThan(10);
          expect(await overflowOf(view)).toBe(0);
        }
      }
      expect(view.errors).toEqual([]);
      expect(view.requests).toEqual([]);
    });
  },
);
