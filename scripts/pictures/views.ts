import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { startChromium } from '../../test/support/chromium.ts';
import { openViewHost, type ShownView } from '../../test/support/view-host/view-host.ts';

/**
 * Takes the pictures of the views in docs/pictures/, in the tests' host with the demo emulator behind the server. Install Debian's
 * `chromium` and `fonts-roboto-unhinted` first.
 */

const DIRECTORY = join(import.meta.dirname, '../../docs/pictures');

interface ViewPicture {
  name: string;
  tool: string;
  args: Record<string, unknown>;
  lead?: (view: ShownView) => Promise<void>;
}

const PICTURES: ViewPicture[] = [
  {
    name: 'reviews',
    tool: 'search_reviews',
    args: { state__in: 'not_treated', per_page: 4 },
    lead: previewReply,
  },
  {
    name: 'location',
    tool: 'get_business',
    args: { business_id: 'c-LYON 1' },
    lead: ({ frame }) => frame.getByRole('heading', { name: 'Photos' }).waitFor(),
  },
  {
    name: 'figures',
    tool: 'get_profile_metrics',
    args: {
      metrics: ['call_clicks', 'website_clicks', 'business_direction_requests'],
      dimensions: ['day'],
      filter_date__gte: new Date(Date.now() - 41 * 86_400_000).toISOString().slice(0, 10),
    },
    lead: drawChart,
  },
  { name: 'posts', tool: 'search_posts', args: { per_page: 60 }, lead: waitForCalendar },
];

/** A long list goes on below the picture. */
const MAX_HEIGHT = 1_100;

const KINDS = [
  { suffix: '', options: { viewport: { width: 1000, height: 800 } } },
  { suffix: '-dark', options: { viewport: { width: 1000, height: 800 }, theme: 'dark' } },
  { suffix: '-phone', options: { viewport: { width: 390, height: 800 }, isMobile: true } },
] as const;

async function previewReply({ frame }: ShownView): Promise<void> {
  await frame
    .getByRole('button', { name: /^Reply/ })
    .nth(1)
    .click();
  await frame
    .getByRole('textbox')
    .fill('Merci Léa ! Toute l’équipe vous attend pour le prochain cappuccino.');
  await frame.getByRole('button', { name: 'Preview' }).click();
  await frame.getByRole('button', { name: 'Send publicly' }).waitFor();
}

async function waitForCalendar({ frame, page }: ShownView): Promise<void> {
  await frame.getByRole('grid').waitFor();
  await page.waitForTimeout(500);
}

async function drawChart({ frame, page }: ShownView): Promise<void> {
  await frame.locator('canvas').waitFor();
  // The frame takes the height of the view after it is drawn.
  await page.waitForTimeout(500);
}

const emulator = createEmulator();
const app = await createApp(readConfig({}), await emulator.listen(), pino({ level: 'silent' }));
const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/mcp`;
const browser = await startChromium();

for (const { name, tool, args, lead } of PICTURES) {
  for (const { suffix, options } of KINDS) {
    const host = await openViewHost({ browser, url, deviceScaleFactor: 2, ...options });
    const view = await host.show(tool, args);
    await lead?.(view);
    const { page } = view;
    // Chromium paints only what is in the viewport of a frame.
    const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
    await page.setViewportSize({ width: options.viewport.width, height: Math.min(height, MAX_HEIGHT) });
    await page.screenshot({ path: join(DIRECTORY, `view-${name}${suffix}.png`) });
    await host.close();
  }
}

await browser.close();
await app.close();
await emulator.close();
