import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

export interface ConnectVisit {
  page: Page;
  /** Every URL that the browser asked for. */
  requested: string[];
  /** What it complained of: errors of the script, requests that the policy blocks. */
  complaints: string[];
}

/** Opens the connect page in a browser of its own. */
export async function visitConnectPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ConnectVisit> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(60_000);
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('request', request => requested.push(request.url()));
  context.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(url);
  return { page, requested, complaints };
}
