import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startChromium } from '../../support/chromium.ts';
import {
  type ScriptedRequest,
  type ScriptedResponse,
  startScriptedPartoo,
} from '../../support/scripted-partoo.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';
import {
  openViewHost,
  type ShownView,
  type ViewHost,
  type ViewHostOptions,
} from '../../support/view-host/view-host.ts';

type Values = Record<string, unknown>;

/** Starts Chromium and the demo for the tests of a file, and shows views of posts in them. */
export function postsViews() {
  let browser: Browser;
  let pair: RunningPair;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    [browser, pair] = await Promise.all([startChromium(), startPair()]);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    pair.partoo.faults.clear();
  });
  afterAll(() => Promise.all([browser?.close(), pair?.close()]));

  async function open(options: Partial<ViewHostOptions> & { query?: string } = {}): Promise<ViewHost> {
    const { query = '', ...rest } = options;
    const host = await openViewHost({ browser, url: `${pair.url}${query}`, ...rest });
    closing.push(() => host.close());
    return host;
  }

  return {
    pair: () => pair,
    open,
    async show(
      tool: string,
      input: Values = {},
      options: Parameters<typeof open>[0] = {},
    ): Promise<ShownView> {
      return (await open(options)).show(tool, input);
    },
    /** Starts a server in front of a Partoo with these responses. Returns its address. */
    async script(respond: (request: ScriptedRequest) => ScriptedResponse | undefined): Promise<string> {
      const partoo = await startScriptedPartoo(respond);
      const server = await startServer(partoo.baseUrl, { RESULT_TOKEN_BUDGET: '500000' });
      closing.push(partoo.close, server.close);
      return server.url;
    },
  };
}

/** A row of `GET /posts`. */
export const row = (values: Values = {}) => ({
  id: 1,
  business_id: 'a'.repeat(24),
  post_type: 'news',
  summary: 'Fresh bread',
  schedule_time: null,
  expiration_time: null,
  created_at: '2027-01-10T09:00:00',
  post_status: [{ name: 'google_my_business', state: 'live', link: null }],
  ...values,
});

export const page = (...posts: Values[]) => ({ body: { count: posts.length, page: 1, max_page: 1, posts } });

/** Waits until the view has the full rows. */
export const settled = ({ frame }: ShownView) => frame.locator('main[aria-busy="false"]').waitFor();
