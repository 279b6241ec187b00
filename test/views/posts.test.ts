import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { type RunningPair, startPair } from '../support/start.ts';
import {
  openViewHost,
  type ShownView,
  type ViewHost,
  type ViewHostOptions,
} from '../support/view-host/view-host.ts';

const SHOPS = ['a00418c808502a70592f6110', 'e9a4b8e1e699e5727d121109'];
const NEWS = {
  business__in: SHOPS,
  publishers: ['google_my_business', 'facebook'],
  post_type: 'news',
  summary: 'The galette has arrived.',
  cta_type: 'order',
};

describe.skipIf(!hasChromium())('the view of posts', () => {
  let browser: Browser;
  let pair: RunningPair;
  const hosts: ViewHost[] = [];
  beforeAll(async () => {
    [browser, pair] = await Promise.all([startChromium(), startPair()]);
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map(host => host.close()));
    pair.partoo.faults.clear();
  });
  afterAll(() => Promise.all([browser?.close(), pair?.close()]));

  async function show(
    tool: string,
    input: Record<string, unknown>,
    options: Partial<ViewHostOptions> = {},
  ): Promise<ShownView> {
    const host = await openViewHost({ browser, url: pair.url, ...options });
    hosts.push(host);
    return host.show(tool, input);
  }

  test.each(['2026-07-28', '2025-11-25'] as const)(
    'in %s, shows the month with the posts of today',
    async era => {
      const { frame, errors, requests } = await show('search_posts', { per_page: 100 }, { era });
      await frame.getByRole('gridcell', { selected: true }).getByText('+8').waitFor();
      await frame.getByText('Maison Solène Montorgueil').first().waitFor();
      expect(errors).toEqual([]);
      expect(requests).toEqual([]);
    },
  );

  test('lists the posts under a word for each state of Partoo, with its meaning', async () => {
    const { frame } = await show('search_posts', { per_page: 100 });
    await frame.getByRole('button', { name: 'List' }).click();
    const headings = (await frame.getByRole('heading', { level: 2 }).allTextContents()).map(text =>
      text.replace(/ \d+$/, ''),
    );
    expect(headings).toEqual(['Error', 'To set up', 'Draft', 'Pending', 'Scheduled', 'Live', 'Expired']);
    expect(await frame.getByText('Not public until someone validates it in Partoo.').isVisible()).toBe(true);
  });

  test('shows a new post on each platform before the call has a result, and then that it is published', async () => {
    const host = await openViewHost({ browser, url: pair.url });
    hosts.push(host);
    let finish = () => {};
    const resultAfter = new Promise<void>(resolve => {
      finish = resolve;
    });
    const { frame } = await host.show('create_post', NEWS, { resultAfter });
    const google = frame.getByRole('article', { name: 'Google' });
    await google.getByText('The galette has arrived.').waitFor();
    await google.getByText('24 of 1,500 characters').waitFor();
    await frame.getByRole('status').getByText('Sending…').waitFor();
    finish();
    await frame.getByRole('status').getByText('Published').waitFor();
    await frame.getByRole('button', { name: 'Show its state' }).click();
    await frame.getByText('2 posts with this text').waitFor();
  });
});
