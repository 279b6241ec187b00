import axe, { type AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { INJECTIONS } from '../support/injections.ts';
import { exceptLookUps, type ScriptedResponse, startScriptedPartoo } from '../support/scripted-partoo.ts';
import { type RunningPair, startPair, startServer } from '../support/start.ts';
import {
  openViewHost,
  PHONE,
  type ShownView,
  type ViewHost,
  type ViewHostOptions,
} from '../support/view-host/view-host.ts';

type Values = Record<string, unknown>;

const DAY_MS = 86_400_000;
const SHOP = 'c4be7993f4425413233d77d3';

const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

describe.skipIf(!hasChromium())('the view of figures', () => {
  let browser: Browser;
  let pair: RunningPair;
  const closing: { close(): Promise<unknown> }[] = [];
  beforeAll(async () => {
    [browser, pair] = await Promise.all([startChromium(), startPair()]);
  });
  afterEach(async () => {
    for (const each of closing.splice(0).reverse()) await each.close();
    pair.partoo.faults.clear();
  });
  afterAll(() => Promise.all([browser?.close(), pair?.close()]));

  async function show(
    tool: string,
    input: Values,
    options: Partial<ViewHostOptions> = {},
  ): Promise<ShownView> {
    const host: ViewHost = await openViewHost({ browser, url: pair.url, ...options });
    closing.push(host);
    const view = await host.show(tool, input);
    await view.frame.locator('main').waitFor();
    return view;
  }

  /** Shows the result of a Partoo that returns these rows. */
  async function showRows(
    tool: string,
    input: Values,
    respond: (target: string) => Values,
    options: Partial<ViewHostOptions> = {},
  ): Promise<ShownView> {
    const partoo = await startScriptedPartoo(exceptLookUps(({ target }) => ({ body: respond(target) })));
    closing.push(partoo);
    const server = await startServer(partoo.baseUrl);
    closing.push(server);
    return show(tool, input, { url: server.url, key: '7-anna', ...options });
  }

  const rowsOf = async ({ frame }: ShownView) => {
    await frame.getByRole('button', { name: /^(Table|Tableau)$/ }).click();
    const rows = await frame.getByRole('row').all();
    const texts = await Promise.all(rows.map(row => row.locator('th, td').allTextContents()));
    return texts.map(cells => cells.join(' | '));
  };

  async function downloaded(view: ShownView, button: 'CSV' | 'PNG') {
    await view.frame.getByRole('button', { name: button }).click();
    const isDownload = ({ event }: { event: string }) => event === 'download';
    await expect.poll(() => view.reports.some(isDownload)).toBe(true);
    const { contents } = (view.reports.find(isDownload) ?? { params: {} }).params as {
      contents: { resource: { uri: string; mimeType: string; text?: string; blob?: string } }[];
    };
    return contents[0]?.resource;
  }

  test.each(['2026-07-28', '2025-11-25'] as const)(
    'in %s, draws metrics by day and asks the network for nothing',
    async era => {
      const view = await show(
        'get_profile_metrics',
        { metrics: 'call_clicks,website_clicks', dimensions: 'day', filter_date__gte: dayBefore(29) },
        { era },
      );
      await view.frame.locator('canvas').waitFor();
      await view.frame.getByRole('button', { name: 'Website clicks', pressed: true }).waitFor();
      expect(view.requests).toEqual([]);
      expect(view.errors).toEqual([]);
    },
  );

  test('marks the last five days of Google’s figures as incomplete, in words and in the table', async () => {
    const view = await show('get_profile_metrics', {
      metrics: ['call_clicks'],
      dimensions: ['day'],
      filter_date__gte: dayBefore(9),
    });
    await view.frame
      .getByText(/^Still incomplete .*Google’s figures of the last 5 days still grow\.$/)
      .waitFor();
    const states = (await rowsOf(view)).slice(1).map(row => row.split(' | ').at(-1));
    expect(states).toEqual([...Array(5).fill('complete'), ...Array(5).fill('incomplete')]);
  });

  test('marks a month of which the dates asked for include only a part', async () => {
    const { frame } = await show('get_profile_metrics', {
      metrics: ['call_clicks'],
      dimensions: ['month'],
      filter_date__gte: '2026-03-15',
      filter_date__lte: '2026-06-30',
    });
    await frame.getByText('Only partly in the dates asked for (dashed in the chart): March 2026.').waitFor();
  });

  test('leaves a gap for days without data, and says so', async () => {
    const rows = [
      { date: '2026-01-01', call_clicks: 4 },
      { date: '2026-01-02', call_clicks: 7 },
      { date: '2026-01-05', call_clicks: 5 },
    ];
    const view = await showRows(
      'get_profile_metrics',
      {
        metrics: ['call_clicks'],
        dimensions: ['day'],
        filter_date__gte: '2026-01-01',
        filter_date__lte: '2026-01-06',
      },
      () => ({ page: 1, max_page: 1, count: 3, metrics: rows }),
    );
    await view.frame.getByText('No data for 3 of 6 days.').waitFor();
    const chart = view.frame.getByRole('slider', { name: 'Calls: values' });
    const description = await view.frame
      .locator(`#${await chart.getAttribute('aria-describedby')}`)
      .textContent();
    expect(description).toContain('lowest 4 (Thu, 1 Jan 2026), highest 7 (Fri, 2 Jan 2026), latest 5.');
    await chart.focus();
    await view.page.keyboard.press('Home');
    await view.page.keyboard.press('ArrowRight');
    expect(await chart.getAttribute('aria-valuetext')).toBe('Fri, 2 Jan 2026: Calls: 7');
    await view.page.keyboard.press('ArrowRight');
    expect(await chart.getAttribute('aria-valuetext')).toBe('Sat, 3 Jan 2026: Calls: no data');
    expect(await rowsOf(view)).toEqual([
      'Day | Calls | Status',
      'Thu, 1 Jan 2026 | 4 | complete',
      'Fri, 2 Jan 2026 | 7 | complete',
      'Sat, 3 Jan 2026 | – | no data',
      'Sun, 4 Jan 2026 | – | no data',
      'Mon, 5 Jan 2026 | 5 | complete',
      'Tue, 6 Jan 2026 | – | no data',
    ]);
  });

  test('compares the latest complete month with the one before, in French', async () => {
    const rows = [
      { date: '2025-10-01', call_clicks: 200 },
      { date: '2025-11-01', call_clicks: 250 },
    ];
    const { frame } = await showRows(
      'get_profile_metrics',
      { metrics: ['call_clicks'], dimensions: ['month'], filter_date__lte: '2025-11-30' },
      () => ({ page: 1, max_page: 1, count: 2, metrics: rows }),
      { locale: 'fr-FR' },
    );
    await frame.getByRole('heading', { name: 'novembre 2025 par rapport à octobre 2025' }).waitFor();
    expect(await frame.locator('.latest dd').textContent()).toMatch(/^250\+25\s%$/);
    expect(await frame.locator('main').textContent()).not.toMatch(/Calls|Table\b|month|vs /);
  });

  test('shows how many of the stars are what share, and how many reviews have none', async () => {
    const view = await showRows(
      'get_review_metrics',
      { metrics: ['rating_distribution', 'reviews_count'] },
      () => ({
        page: 1,
        max_page: 1,
        count: 1,
        data: [
          {
            dimension: null,
            metrics: { rating_distribution: { 1: 10, 2: 0, 3: 10, 4: 20, 5: 60 }, reviews_count: 103 },
          },
        ],
      }),
    );
    expect(await view.frame.locator('.distribution li').allInnerTexts()).toEqual([
      expect.stringMatching(/5 stars\s+60%\s+60/),
      expect.stringMatching(/4 stars\s+20%\s+20/),
      expect.stringMatching(/3 stars\s+10%\s+10/),
      expect.stringMatching(/2 stars\s+0%\s+0/),
      expect.stringMatching(/1 star\s+10%\s+10/),
    ]);
    await view.frame.getByText('3 reviews without stars, such as Facebook recommendations.').waitFor();
  });

  test('compares businesses from the best and from the worst, and says that more are to load', async () => {
    const view = await show('get_review_metrics', {
      metrics: ['average_rating', 'reviews_count'],
      dimensions: ['business'],
    });
    const names = () => view.frame.locator('.bars-name').allInnerTexts();
    await view.frame.getByText('30 of 43 rows are shown. The order is that of the loaded rows.').waitFor();
    const before = await names();
    expect(before).toHaveLength(10);
    await view.frame.getByRole('button', { name: 'Load the rest' }).click();
    await view.frame.getByRole('button', { name: 'All 43' }).waitFor();
    expect(view.calls).toEqual([
      {
        name: 'get_review_metrics',
        arguments: {
          metrics: ['average_rating', 'reviews_count'],
          dimensions: ['business'],
          page: 1,
          per_page: 100,
        },
      },
    ]);
    expect(await view.frame.getByText('rows are shown').count()).toBe(0);
    const ratings = async () =>
      (await view.frame.locator('.bars-value').allInnerTexts()).filter((_, i) => i % 2 === 0);
    const top = await ratings();
    expect(top).toEqual(top.toSorted().reverse());
    await view.frame.getByRole('button', { name: 'Bottom 10' }).click();
    const bottom = await ratings();
    expect(bottom).toEqual(bottom.toSorted());
    expect(Number(bottom.at(-1))).toBeLessThan(Number(top.at(-1)));
    await view.frame.getByLabel('Sort by').selectOption('Reviews');
    await view.frame.getByRole('button', { name: 'Top 10' }).click();
    const counts = (await view.frame.locator('.bars-value').allInnerTexts())
      .filter((_, i) => i % 2 === 1)
      .map(Number);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  test('shows a count that Google hides as fewer than its threshold, never as zero', async () => {
    const keywords = [
      { keyword: 'boulangerie', count: 40, threshold: null },
      { keyword: 'brunch', count: 20, threshold: 30 },
      { keyword: 'pain au levain', count: null, threshold: 15 },
    ];
    const view = await showRows(
      'get_profile_keywords',
      { metrics: ['count', 'threshold'], dimensions: ['keyword'], business__in: [SHOP] },
      () => ({ page: 1, max_page: 1, count: 3, keywords }),
    );
    expect(await view.frame.locator('.bars-value').allInnerTexts()).toEqual(['40', '20 + < 30', '< 15']);
    const width = async (of: string, at: number) =>
      (await view.frame.locator(of).nth(at).boundingBox())?.width ?? 0;
    // All on one scale, which the largest possible value fills.
    expect(Math.round((await width('.bar-below', 0)) / (await width('.bar-below', 1)))).toBe(2);
    await view.frame.getByText(/^Hatched: Google hides small counts/).waitFor();
    expect(await rowsOf(view)).toEqual([
      'Keyword | Searches | Fewer than',
      'boulangerie | 40 | –',
      'brunch | 20 | < 30',
      'pain au levain | – | < 15',
    ]);
  });

  test('draws one line for each business by month, some in color, the others at choice', async () => {
    const view = await show('get_profile_metrics', {
      metrics: ['call_clicks'],
      dimensions: ['business', 'month'],
      filter_date__gte: '2026-01-01',
      filter_date__lte: '2026-06-30',
      per_page: 300,
    });
    const { frame } = view;
    expect(await frame.locator('.legend li').count()).toBe(5);
    await frame.getByText('5 of 45 highlighted').click();
    await frame.getByRole('checkbox', { checked: false }).first().check();
    await frame.getByText('6 of 45 highlighted').waitFor();
    for (let n = 0; n < 2; n++) await frame.getByRole('checkbox', { checked: false }).first().check();
    await frame.getByText('8 of 45 highlighted').waitFor();
    expect(await frame.getByRole('checkbox', { checked: false }).first().isDisabled()).toBe(true);
    expect(view.errors).toEqual([]);
  });

  test('splits the joined names of two dimensions only at the date', async () => {
    const row = (month: string, rating: number) => ({
      dimension: `${SHOP},${month}`,
      dimension_name: `Cake, Bread & Co, ${month}`,
      metrics: { average_rating: rating },
    });
    const view = await showRows(
      'get_review_metrics',
      { metrics: ['average_rating'], dimensions: ['business', 'month'] },
      () => ({ page: 1, max_page: 1, count: 2, data: [row('2025-01-01', 4), row('2025-02-01', 4.5)] }),
    );
    expect(await rowsOf(view)).toEqual([
      'Month | Business | Average rating | Status',
      'January 2025 | Cake, Bread & Co | 4.00 | complete',
      'February 2025 | Cake, Bread & Co | 4.50 | complete',
    ]);
  });

  test('hands over a CSV of every row, without formulas', async () => {
    const names = ['=HYPERLINK("https://x.example")', '+1', '-1', '@SUM(A1)', 'a, "b"\nc', 'plain'];
    const view = await showRows(
      'get_review_metrics',
      { metrics: ['reviews_count', 'average_rating'], dimensions: ['tag'] },
      () => ({
        page: 1,
        max_page: 1,
        count: names.length,
        data: names.map((name, index) => ({
          dimension: String(index),
          dimension_name: name,
          metrics: { reviews_count: 1200 - index, average_rating: index === 0 ? null : 4.25 },
        })),
      }),
    );
    const file = await downloaded(view, 'CSV');
    expect(file).toMatchObject({ uri: 'file:///review-metrics-by-tag.csv', mimeType: 'text/csv' });
    expect(file?.text).toBe(
      `\uFEFF${[
        'Tag,Reviews,Average rating',
        `"'=HYPERLINK(""https://x.example"")",1200,`,
        `'+1,1199,4.25`,
        `'-1,1198,4.25`,
        `'@SUM(A1),1197,4.25`,
        '"a, ""b""\nc",1196,4.25',
        'plain,1195,4.25',
      ].join('\r\n')}\r\n`,
    );
    await view.frame.getByText('review-metrics-by-tag.csv was handed to the app.').waitFor();
  });

  test.each([
    ['lines', 'get_profile_metrics', { metrics: ['call_clicks', 'website_clicks'], dimensions: ['month'] }],
    [
      'bars',
      'get_review_metrics',
      { metrics: ['average_rating', 'rating_distribution'], dimensions: ['group'] },
    ],
    ['numbers', 'get_review_metrics', { metrics: ['average_rating', 'rating_distribution'] }],
  ])('hands over a picture of %s as PNG, 2,000 pixels wide also on a phone', async (_, tool, input) => {
    const view = await show(tool, input, { ...PHONE, theme: 'dark' });
    const file = await downloaded(view, 'PNG');
    expect(file?.mimeType).toBe('image/png');
    const png = Buffer.from(file?.blob ?? '', 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2000);
    expect(png.readUInt32BE(20)).toBeGreaterThan(300);
    expect(view.errors).toEqual([]);
  });

  test('in a host that takes no files, offers to copy the CSV instead', async () => {
    const { frame } = await show(
      'get_review_metrics',
      { metrics: ['reviews_count'], dimensions: ['group'] },
      { capabilities: {} },
    );
    expect(await frame.getByRole('button', { name: /^(PNG|CSV)$/ }).count()).toBe(0);
    await frame.getByRole('button', { name: 'Copy CSV' }).click();
    await frame.getByText('The CSV is in the clipboard.').waitFor();
  });

  describe('when a page fails in the middle', () => {
    async function showPages(failure: () => ScriptedResponse | undefined) {
      const partoo = await startScriptedPartoo(
        exceptLookUps(({ target }) => {
          const page = Number(/[?&]page=(\d+)/.exec(target)?.[1] ?? 1);
          const data = Array.from({ length: page === 3 ? 40 : 100 }, (_, index) => ({
            dimension: String(page * 1000 + index),
            dimension_name: `Tag ${page}-${index}`,
            metrics: { reviews_count: index },
          }));
          const response = { body: { page, max_page: 3, count: 240, data } };
          return page === 3 ? (failure() ?? response) : response;
        }),
      );
      closing.push(partoo);
      const server = await startServer(partoo.baseUrl);
      closing.push(server);
      const { frame } = await show(
        'get_review_metrics',
        { metrics: ['reviews_count'], dimensions: ['tag'], per_page: 100 },
        { url: server.url, key: '7-anna' },
      );
      await frame.getByText('100 of 240 rows are shown.').waitFor();
      await frame.getByRole('button', { name: 'Load the rest' }).click();
      await frame.getByRole('alert').waitFor();
      await frame.getByText('200 of 240 rows are shown.').waitFor();
      return frame;
    }

    test('keeps what is loaded, and says that the limit is reached', async () => {
      const frame = await showPages(() => ({ status: 429, headers: { 'retry-after': '60' } }));
      await frame.getByText('Partoo’s limit per minute is used up.').waitFor();
    });

    test('goes on from there when the person tries again', async () => {
      let isBroken = true;
      const frame = await showPages(() => (isBroken ? { status: 500 } : undefined));
      isBroken = false;
      await frame.getByRole('button', { name: 'Load the rest' }).click();
      await frame.getByRole('button', { name: 'All 240' }).waitFor();
      expect(await frame.getByRole('alert').count()).toBe(0);
    });
  });

  test('shows what third parties wrote as text, whatever they wrote', async () => {
    const keywords = INJECTIONS.map(({ text }, index) => ({ keyword: text, count: index + 1 }));
    const view = await showRows(
      'get_profile_keywords',
      { metrics: ['count'], dimensions: ['keyword'], business__in: [SHOP] },
      () => ({ page: 1, max_page: 1, count: keywords.length, keywords }),
    );
    await view.frame.getByRole('button', { name: `All ${keywords.length}` }).click();
    const names = await view.frame.locator('.bars-name').allInnerTexts();
    expect(names).toHaveLength(keywords.length);
    expect(names.join('\n')).toContain('<script>alert(1)</script>');
    expect(await view.frame.locator('main :is(script, img, a, iframe)').count()).toBe(0);
    expect(await view.frame.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await downloaded(view, 'CSV')).toMatchObject({ text: expect.stringContaining('alert(1)') });
    expect(view.errors).toEqual([]);
    expect(view.requests).toEqual([]);
  });

  test('orders the table by any column', async () => {
    const view = await show('get_review_metrics', { metrics: ['reviews_count'], dimensions: ['group'] });
    await rowsOf(view);
    const { frame } = view;
    await frame.getByRole('button', { name: 'Reviews', exact: true }).click();
    expect(await frame.getByRole('columnheader', { name: 'Reviews' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    const counts = async () => (await frame.locator('td.number').allTextContents()).map(Number);
    const descending = await counts();
    expect(descending).toEqual(descending.toSorted((a, b) => b - a));
    await frame.getByRole('button', { name: 'Reviews', exact: true }).press('Enter');
    expect(await counts()).toEqual(descending.toReversed());
  });

  test('says in the language of the person that there are no figures', async () => {
    const { frame } = await show(
      'get_review_metrics',
      { metrics: ['reviews_count'], dimensions: ['month'], update_date__gte: '2040-01-01T00:00:00Z' },
      { locale: 'fr-FR' },
    );
    await frame.getByText('Aucun chiffre pour cette sélection.').waitFor();
  });

  const STATES: [string, string, Values][] = [
    ['lines', 'get_profile_metrics', { metrics: ['call_clicks', 'website_clicks'], dimensions: ['month'] }],
    [
      'lines of businesses',
      'get_profile_metrics',
      { metrics: ['call_clicks'], dimensions: ['business', 'year'] },
    ],
    [
      'bars',
      'get_review_metrics',
      { metrics: ['average_rating', 'reviews_count', 'rating_distribution'], dimensions: ['business'] },
    ],
    ['numbers', 'get_review_metrics', { metrics: ['average_rating', 'rating_distribution', 'reply_time'] }],
    [
      'thresholds',
      'get_profile_keywords',
      { metrics: ['count', 'threshold'], dimensions: ['keyword'], business__in: [SHOP] },
    ],
  ];

  describe.each([
    { theme: 'light', locale: 'en-GB', device: { viewport: { width: 1000, height: 900 } } },
    { theme: 'dark', locale: 'fr-FR', device: PHONE },
    { theme: 'light', locale: 'fr-FR', device: { viewport: { width: 320, height: 700 }, isMobile: true } },
  ] as const)(
    'in the $theme, in $locale, $device.viewport.width pixels wide',
    ({ theme, locale, device }) => {
      test.each(STATES)(
        'axe finds nothing in %s and the table behind, and the page does not scroll sideways',
        async (_, tool, input) => {
          const view = await show(tool, input, { theme, locale, ...device });
          for (const button of [undefined, /^(Table|Tableau)$/]) {
            if (button) await view.frame.getByRole('button', { name: button }).click();
            await view.frame.evaluate(axe.source);
            const { violations } = (await view.frame.evaluate('axe.run()')) as AxeResults;
            expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
            expect(await view.frame.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(
              true,
            );
          }
          expect(view.errors).toEqual([]);
        },
      );
    },
  );
});
