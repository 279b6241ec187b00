import { join } from 'node:path';
import type { McpUiHostCapabilities } from '@modelcontextprotocol/ext-apps';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { type Connect, connectV1, connectV2 } from '../clients.ts';

/**
 * A host of MCP Apps for tests: Chromium with the official host side round a view, and in Node an MCP client that serves the view's
 * calls.
 */

type Values = Record<string, unknown>;

export interface ViewHostOptions {
  browser: Browser;
  /** The MCP endpoint. */
  url: string;
  key?: string;
  era?: '2026-07-28' | '2025-11-25';
  theme?: 'light' | 'dark';
  locale?: string;
  timeZone?: string;
  viewport?: { width: number; height: number };
  isMobile?: boolean;
  /** 2 for pictures; painting four times the pixels would slow the tests. */
  deviceScaleFactor?: number;
  /** Hosts differ in whether a view has an origin of its own, with storage. */
  storage?: boolean;
  /** What the host offers beyond calls of tools. Default: all that views use. */
  capabilities?: McpUiHostCapabilities;
}

export const PHONE = { viewport: { width: 390, height: 800 }, isMobile: true };
export const DESKTOP = { viewport: { width: 1000, height: 900 } };

export interface ShownView {
  page: Page;
  frame: Frame;
  /** The calls that the view has made. */
  calls: { name: string; arguments: Values }[];
  /** What the view sent to the host, by event: model-context, link, download. */
  reports: { event: string; params: Values }[];
  /** Requests to any network address. A view makes none. */
  requests: string[];
  /** Errors of scripts, violations of the policy included. */
  errors: string[];
  /** Shows the same call again, as a host does after a reload: with its first result. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface ViewHost {
  /** Calls a tool as the model would and shows its view. `resultAfter`: waits for it before the result is sent. */
  show(tool: string, args?: Values, options?: { resultAfter?: Promise<unknown> }): Promise<ShownView>;
  close(): Promise<void>;
}

const EVERY_CAPABILITY: McpUiHostCapabilities = {
  openLinks: {},
  downloadFile: {},
  updateModelContext: { text: {} },
};

const HOST = 'https://host.example/';
/** Of the host's site: Chromium denies storage to frames of another site in the contexts of tests. */
const VIEW = 'https://view.host.example/';
/** The policy of a host for a view that declares no domains, by the specification. */
const VIEW_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "media-src 'self' data:; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'self'";

const CONNECT: Record<string, Connect> = { '2026-07-28': connectV2, '2025-11-25': connectV1 };

export async function openViewHost(options: ViewHostOptions): Promise<ViewHost> {
  const { browser, url, key = 'demo-admin', era = '2026-07-28' } = options;
  const client = await (CONNECT[era] as Connect)(url, { 'x-APIKey': key });
  const tools = await client.listTools();
  const script = await hostScript();
  const views: ShownView[] = [];

  async function show(
    tool: string,
    input: Values = {},
    { resultAfter }: { resultAfter?: Promise<unknown> } = {},
  ) {
    const listed = tools.find(({ name }) => name === tool);
    const uri = listed?._meta?.ui?.resourceUri;
    if (uri === undefined) throw new Error(`${tool} has no view`);
    const html = await client.readResource(uri);
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 760, height: 900 },
      isMobile: options.isMobile ?? false,
      hasTouch: options.isMobile ?? false,
      locale: options.locale ?? 'en-GB',
      colorScheme: options.theme ?? 'light',
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
    });
    const view = await open(context, html, script);
    const { page, calls } = view;
    await page.exposeFunction('callServerTool', async (params: { name: string; arguments: Values }) => {
      calls.push(params);
      return client.callRaw(params.name, params.arguments);
    });
    const result = resultAfter
      ? resultAfter.then(() => client.callRaw(tool, input))
      : client.callRaw(tool, input);
    let hasResult = resultAfter === undefined;
    const start = async () => {
      await page.goto(HOST);
      await inPage(page, 'startHost', {
        hostContext: hostContext(options, listed),
        sandbox: options.storage ? 'allow-scripts allow-same-origin' : 'allow-scripts',
        input,
        capabilities: options.capabilities ?? EVERY_CAPABILITY,
      });
      if (hasResult) await inPage(page, 'sendResult', await result);
      const frame = page.frames().find(each => each.url() === VIEW);
      if (!frame) throw new Error('The view was not loaded');
      view.frame = frame;
    };
    view.reload = start;
    await start();
    const finish = async () => {
      await inPage(page, 'sendResult', await result);
      hasResult = true;
    };
    if (resultAfter) finish().catch(() => {});
    views.push(view);
    return view;
  }

  return {
    show,
    async close() {
      await Promise.all(views.map(view => view.close()));
      await client.close();
    },
  };
}

/** Calls a function of page.ts: startHost, sendResult, cancelTool, changeContext or tearDown. */
export const inPage = (page: Page, name: string, argument?: unknown) =>
  page.evaluate(
    ([name, argument]) =>
      (globalThis as unknown as Record<string, (argument: unknown) => unknown>)[name]?.(argument),
    [name, argument] as const,
  );

function hostContext(
  { theme = 'light', locale = 'en-GB', timeZone = 'Europe/Paris' }: ViewHostOptions,
  tool: unknown,
) {
  return { theme, locale, timeZone, displayMode: 'inline', toolInfo: { id: 1, tool } };
}

async function open(context: BrowserContext, html: string, script: string): Promise<ShownView> {
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  const reports: ShownView['reports'] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('request', request => {
    if (![HOST, VIEW].includes(request.url()) && !/^(data|blob):/.test(request.url()))
      requests.push(request.url());
  });
  await context.route('**/*', route => {
    const address = route.request().url();
    if (address === HOST) return route.fulfill({ contentType: 'text/html', body: hostPage(script) });
    if (address !== VIEW) return route.abort();
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': VIEW_POLICY },
      body: html,
    });
  });
  await page.exposeFunction('report', (event: string, params: Values) => {
    reports.push({ event, params });
  });
  return {
    page,
    frame: page.mainFrame(),
    calls: [],
    reports,
    requests,
    errors,
    reload: async () => {},
    close: () => context.close(),
  };
}

const hostPage = (script: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title>
<link rel="icon" href="data:,">
<style>html, body { margin: 0; color-scheme: light dark } iframe { display: block; width: 100%; border: 0; height: 0 }</style>
<script>${script.replaceAll('</script', '<\\/script')}</script></html>`;

let bundled: Promise<string> | undefined;

function hostScript(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return bundled;
}
