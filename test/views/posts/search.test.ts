import { describe, expect, test } from 'vitest';
import { hasChromium } from '../../support/chromium.ts';
import { startPair } from '../../support/start.ts';
import { overflowOf, violationsIn } from '../../support/view-host/axe.ts';
import { page, postsViews, row, settled } from './posts-view.ts';

describe.skipIf(!hasChromium())('the posts of search_posts', () => {
  const { show, script } = postsViews();

  test.each(['2026-07-28', '2025-11-25'] as const)('in %s, are shown in the month of today', async era => {
    const view = await show('search_posts', { per_page: 100 }, { era });
    await view.frame.getByRole('gridcell', { selected: true }).getByText('+8').waitFor();
    await settled(view);
    await view.frame.getByText('1 picture').first().waitFor();
    expect(view.calls).toEqual([{ name: 'search_posts', arguments: { per_page: 100, detail: 'full' } }]);
    expect(view.errors).toEqual([]);
    expect(view.requests).toEqual([]);
  });

  test('stand in the list under a word for each state of Partoo, with its meaning', async () => {
    const { frame } = await show('search_posts', { per_page: 100 });
    await frame.getByRole('button', { name: 'List' }).click();
    const headings = await frame.getByRole('heading', { level: 2 }).allTextContents();
    expect(headings.map(text => text.replace(/ \d+$/, ''))).toEqual([
      'Error',
      'To set up',
      'Draft',
      'Pending',
      'Scheduled',
      'Live',
      'Expired',
    ]);
    expect(await frame.getByText('Not public until someone validates it in Partoo.').isVisible()).toBe(true);
  });

  test('stand on the day of the person’s time zone, across the end of a month, and name their last day', async () => {
    const url = await script(({ path }) =>
      path === '/posts'
        ? page(row({ schedule_time: '2027-01-31T23:30:00', expiration_time: '2027-02-05T12:00:00' }))
        : undefined,
    );
    const { frame } = await show('search_posts', {}, { url, key: '1-anna', timeZone: 'Europe/Paris' });
    await frame.getByRole('heading', { name: 'February 2027', exact: true }).waitFor();
    const day = frame.getByRole('gridcell', { name: /^1 February 2027, 1 post: Live$/ });
    await day.getByText('→ 5 Feb').waitFor();
    await frame.getByText('until 5 February 2027 at 13:00').waitFor();
    expect(await frame.getByRole('gridcell', { name: /^31 January 2027/ }).count()).toBe(0);
  });

  test('can be walked through by keyboard, also into the next month', async () => {
    const view = await show('search_posts', { per_page: 100 }, { timeZone: 'UTC' });
    const { frame, page } = view;
    await settled(view);
    const chosen = () => frame.locator('td[aria-selected="true"]').getAttribute('data-day');
    const start = (await chosen()) as string;
    const after = (days: number) =>
      new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10);
    await frame.locator('td[aria-selected="true"]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe(after(1));
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).toBe(after(8));
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageUp');
    expect(await chosen()).toBe(after(8));
    expect(await frame.locator('td:focus').getAttribute('data-day')).toBe(after(8));
  });

  test('are filtered by state and by words in place, within the filters of the call', async () => {
    const view = await show('search_posts', { topic_type: 'news', per_page: 20 });
    const { frame, calls } = view;
    await settled(view);
    await frame.getByRole('button', { name: 'List' }).click();
    await frame.getByLabel('State').selectOption('Scheduled');
    await frame.getByRole('heading', { name: /^Scheduled/ }).waitFor();
    await settled(view);
    await frame.getByLabel('Words in the text').fill('roscón');
    await frame.getByRole('button', { name: 'Search' }).click();
    await expect.poll(() => calls.length).toBe(3);
    await settled(view);
    expect(calls.at(-1)?.arguments).toEqual({
      topic_type: 'news',
      per_page: 20,
      page: 1,
      detail: 'full',
      state__in: ['scheduled'],
      summary: 'roscón',
    });
    expect(await frame.getByText('As asked: News').isVisible()).toBe(true);
    await frame.getByLabel('Words in the text').fill('no such words');
    await frame.getByRole('button', { name: 'Search' }).click();
    await frame.getByText('No post fits these filters.').waitFor();
  });

  test('are followed by those of the next page, which keeps the filters', async () => {
    const view = await show('search_posts', { topic_type: 'news', per_page: 10 });
    await settled(view);
    await view.frame.getByRole('button', { name: 'More posts' }).click();
    await view.frame
      .getByText(/^20 of \d+ posts loaded$/)
      .first()
      .waitFor();
    expect(view.calls.at(-1)?.arguments).toEqual({
      topic_type: 'news',
      per_page: 10,
      page: 2,
      detail: 'full',
    });
  });

  test.each([
    {
      why: 'Partoo’s limit is reached',
      fault: { status: 429, headers: { 'retry-after': '6' } },
      says: /limit per minute.*Try again in \d s/s,
      waitMs: 6_500,
    },
    { why: 'Partoo fails', fault: { status: 500, times: 5 }, says: /Partoo cannot be reached\./, waitMs: 0 },
  ])('stay when $why, and are completed on the second try', async ({ fault, says, waitMs }) => {
    // A pair of its own: a limit holds for a whole organization.
    const pair = await startPair({ TOOL_DEADLINE_MS: '4000', UPSTREAM_TIMEOUT_MS: '2000' });
    const view = await show('search_posts', { per_page: 10 }, { url: pair.url });
    await settled(view);
    pair.partoo.faults.add({ kind: 'status', path: '/v2/posts', ...fault });
    await view.frame.getByRole('button', { name: 'More posts' }).click();
    const alert = view.frame.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(says);
    expect(await view.frame.getByText('10 of 80 posts loaded').first().isVisible()).toBe(true);
    pair.partoo.faults.clear();
    await view.page.waitForTimeout(waitMs);
    await view.frame.getByRole('button', { name: 'Try again' }).click();
    await view.frame.getByText('20 of 80 posts loaded').first().waitFor();
    await pair.close();
  });

  test.each([
    ['light', 'en-GB', 1000, 'List'],
    ['dark', 'fr-FR', 390, 'Liste'],
  ] as const)('are accessible and fit in %s, %s, at %i pixels', async (theme, locale, width, list) => {
    const options = { theme, locale, viewport: { width, height: 900 }, isMobile: width < 500 };
    const view = await show('search_posts', { per_page: 20 }, options);
    await settled(view);
    expect(await violationsIn(view)).toEqual([]);
    expect(await overflowOf(view)).toBe(0);
    await view.frame.getByRole('button', { name: list }).click();
    expect(await violationsIn(view)).toEqual([]);
    expect(await overflowOf(view)).toBe(0);
    if (locale === 'fr-FR')
      expect(await view.frame.locator('body').innerText()).not.toMatch(
        /\b(?:posts? loaded|Pending|Created|Learn)\b/,
      );
  });
});
