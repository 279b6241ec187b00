import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { startChromium } from '../../test/support/chromium.ts';
import { connectV2 } from '../../test/support/clients.ts';
import { startPair } from '../../test/support/start.ts';
import { openViewHost } from '../../test/support/view-host/view-host.ts';
import { writeSection } from '../cost/document.ts';
import { print } from '../support/print.ts';
import { asMarkdown, asText } from '../support/table.ts';

/**
 * Measures the size of each view, and when it paints in a headless Chromium with the Partoo emulator behind the server.
 * `npm run bench:views -- --write` puts the table into docs/performance.md. Half a minute.
 */

const RUNS = 5;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true };
const BUSINESS = 'c4be7993f4425413233d77d3';

/** The largest page that each view is likely to show. */
const CALLS: { view: string; tool: string; args: Record<string, unknown> }[] = [
  { view: 'reviews', tool: 'search_reviews', args: { per_page: 100, detail: 'full' } },
  {
    view: 'figures',
    tool: 'get_profile_metrics',
    args: {
      metrics: 'website_clicks,call_clicks',
      dimensions: 'day',
      filter_date__gte: '2026-03-01',
      filter_date__lte: '2026-05-31',
      per_page: 100,
    },
  },
  { view: 'posts', tool: 'search_posts', args: { per_page: 100, detail: 'full' } },
  { view: 'location', tool: 'get_business', args: { business_id: BUSINESS } },
];

const pair = await startPair({ RATE_LIMIT_PER_MINUTE: '100000' }, { now: new Date('2026-06-15T09:30:00Z') });
const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
const tools = await client.listTools();
const browser = await startChromium();
const rows: string[][] = [];
for (const { view, tool, args } of CALLS) {
  const uri = tools.find(({ name }) => name === tool)?._meta?.ui?.resourceUri ?? '';
  const html = Buffer.from(await client.readResource(uri));
  const times: Paint[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await paint(browser, tool, args));
  const median = (of: (paint: Paint) => number) => times.map(of).toSorted((a, b) => a - b)[RUNS >> 1] ?? 0;
  rows.push([
    view,
    kB(html.length),
    kB(gzipSync(html, { level: 9 }).length),
    `${Math.round(median(({ first }) => first))} ms`,
    `${Math.round(median(({ largest }) => largest))} ms`,
  ]);
}
await client.close();
await browser.close();
await pair.close();

const table = { head: ['view', 'size', 'gzipped', 'first paint', 'content painted'], rows };
print(asText(table));
if (process.argv.includes('--write')) {
  const measured = `Measured on ${new Date().toISOString().slice(0, 10)}, median of ${RUNS} runs.`;
  writeSection('bench:views', `${measured}\n\n${asMarkdown(table)}`);
}

interface Paint {
  first: number;
  largest: number;
}

/** When a view painted for the first time, and its largest part, from the moment its frame began to load, in milliseconds. */
async function paint(browser: Browser, tool: string, args: Record<string, unknown>): Promise<Paint> {
  const host = await openViewHost({ browser, url: pair.url, ...PHONE });
  const { frame, page } = await host.show(tool, args);
  await page.waitForTimeout(1_500);
  // As text: the types here are Node's, which has another PerformanceObserver.
  const found = await frame.evaluate<Paint>(`new Promise(resolve => {
    const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    new PerformanceObserver(list => resolve({ first, largest: list.getEntries().at(-1)?.startTime ?? first }))
      .observe({ type: 'largest-contentful-paint', buffered: true });
  })`);
  await host.close();
  return found;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
