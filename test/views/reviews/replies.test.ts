import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { startProcess } from '../../support/process.ts';
import { startScriptedPartoo } from '../../support/scripted-partoo.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { openViewHost, type ShownView, type ViewHostOptions } from '../../support/view-host/view-host.ts';
import {
  cardOf,
  cards,
  findOut,
  opened,
  pill,
  preview,
  REPLY,
  repliesIn,
  sendButton,
  sentPill,
  write,
} from './inbox.ts';

const UNANSWERED = { state__in: 'not_treated', per_page: 5 };

describe.skipIf(!hasChromium())('a reply in the review inbox', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  async function openInbox(
    pair: Pick<RunningPair, 'url'>,
    options: Partial<ViewHostOptions> = {},
    args: Record<string, unknown> = UNANSWERED,
  ) {
    const host = await openViewHost({ browser, url: pair.url, ...options });
    onTestFinished(() => host.close());
    const view = await host.show('search_reviews', args);
    await opened(view);
    return view;
  }

  async function start(env: Record<string, string> = {}) {
    const pair = await startPair(env);
    onTestFinished(() => pair.close());
    return pair;
  }

  test.each(['2026-07-28', '2025-11-25'] as const)(
    'is written, previewed and sent, and the model hears of it, in %s',
    async era => {
      const pair = await start();
      const view = await openInbox(pair, { era });
      const card = await cardOf(view, 0);
      await write(card);
      expect(await card.locator('.under-field').innerText()).toContain(`${REPLY.length} characters`);
      await card.getByRole('button', { name: 'Preview' }).click();
      expect(await card.locator('.reply').innerText()).toMatch(
        /Maison Solène.*Response from the owner.*Preview.*Thank you very much/s,
      );
      expect(repliesIn(pair.partoo.requests)).toEqual([]);
      await sendButton(card).click();
      await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
      expect(await pill(card).innerText()).toBe('Answered');
      expect(repliesIn(pair.partoo.requests).map(({ body }) => body)).toEqual([
        expect.objectContaining({ content: REPLY }),
      ]);
      expect(JSON.stringify(view.reports)).toMatch(/The user published a reply to review \d+/);
      expect(view.errors).toEqual([]);
      expect(view.requests).toEqual([]);
    },
  );

  test('is sent once by a double click', async () => {
    const pair = await start();
    const view = await openInbox(pair);
    const card = await cardOf(view, 0);
    await preview(card);
    pair.partoo.faults.add({ method: 'POST', path: '/v2/comments', kind: 'latency', ms: 500 });
    await sendButton(card).dblclick();
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    expect(repliesIn(pair.partoo.requests)).toHaveLength(1);
    expect(view.calls.filter(({ name }) => name === 'reply_to_review')).toHaveLength(1);
  });

  test('can be written and sent by the keyboard alone', async () => {
    const pair = await start();
    const view = await openInbox(pair);
    const { page } = view;
    const card = await cardOf(view, 0);
    await card.getByRole('button', { name: /^Reply/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Thanks');
    await page.keyboard.press('Escape');
    expect(await card.getByRole('textbox').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.type(' a lot');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => card.locator('button:focus').innerText()).toBe('Send publicly');
    await page.keyboard.press('Enter');
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    // The next Tab goes on from the review.
    await expect.poll(() => view.frame.locator('article:focus').count()).toBe(1);
    expect(repliesIn(pair.partoo.requests).map(({ body }) => body)).toEqual([
      expect.objectContaining({ content: 'Thanks a lot' }),
    ]);
  });

  test('keeps its draft when the limit is reached, says how long to wait, and is sent once by the second try', async () => {
    const pair = await start({ TOOL_DEADLINE_MS: '4000', UPSTREAM_TIMEOUT_MS: '2000' });
    const view = await openInbox(pair);
    const card = await cardOf(view, 0);
    await preview(card);
    pair.partoo.faults.add({
      method: 'POST',
      path: '/v2/comments',
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '6' },
    });
    await sendButton(card).click();
    await expect
      .poll(() => card.getByRole('alert').innerText())
      .toMatch(/limit per minute.*Try again in \d s/s);
    expect(await card.locator('.reply').innerText()).toContain(REPLY);
    await view.page.waitForTimeout(6_500);
    await sendButton(card).click();
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    expect(repliesIn(pair.partoo.requests).map(({ carriedOut = false }) => carriedOut)).toEqual([
      false,
      true,
    ]);
  });

  test('that Partoo refuses shows why, keeps its draft, and can be edited', async () => {
    const pair = await start();
    const view = await openInbox(pair);
    const card = await cardOf(view, 0);
    await preview(card, 'Thank you @[](client_first_name)');
    await sendButton(card).click();
    await expect.poll(() => card.getByRole('alert').innerText()).toContain('template markup');
    await card.getByRole('button', { name: 'Edit' }).click();
    await card.getByRole('textbox').fill('Thank you, Jack');
    await card.getByRole('button', { name: 'Preview' }).click();
    await sendButton(card).click();
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    expect(repliesIn(pair.partoo.requests)).toHaveLength(1);
  });

  test('whose outcome is unknown is found out without sending it again', async () => {
    const pair = await start();
    const view = await openInbox(pair, { storage: true });
    const card = await cardOf(view, 0);
    await preview(card);
    pair.partoo.faults.add({ method: 'POST', path: '/v2/comments', kind: 'cut' });
    await sendButton(card).click();
    await findOut(card).waitFor();
    await view.reload();
    await opened(view);
    const again = await cardOf(view, 0);
    expect(await again.innerText()).toMatch(/may or may not have happened/);
    await findOut(again).click();
    await again.getByText(/Partoo shows no reply under this review yet/).waitFor();
    expect(repliesIn(pair.partoo.requests)).toHaveLength(1);
    // The same idempotency key: the server remembers that it may have happened.
    await again.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => view.calls.filter(({ name }) => name === 'reply_to_review').length).toBe(2);
    await findOut(again).waitFor();
    expect(repliesIn(pair.partoo.requests)).toHaveLength(1);
    const keys = view.calls.filter(({ name }) => name === 'reply_to_review');
    expect(new Set(keys.map(call => call.arguments.idempotency_key)).size).toBe(1);
  });

  test('on its way when the server dies is not sent twice, although the new server knows nothing of it', async () => {
    const review = {
      id: 7,
      business_id: 'a'.repeat(24),
      partner: 'google_my_business',
      state: 'not_treated',
      date: '2026-06-15T10:00:00Z',
      rating: 4,
      author_name: 'Anna',
      comments: undefined as unknown,
    };
    const arrival = Promise.withResolvers<void>();
    const partoo = await startScriptedPartoo(async ({ method, path, target, body }) => {
      if (method === 'POST' && path === '/comments') {
        await arrival.promise;
        Object.assign(review, { state: 'treated', comments: { id: 8, ...JSON.parse(body) } });
        return { body: review.comments };
      }
      if (path !== '/reviews') return undefined;
      const found = [review].filter(({ state }) => target.includes(`state__in=${state}`));
      return { body: { reviews: found, count: found.length, page: 1, max_page: 1 } };
    });
    onTestFinished(() => partoo.close());
    const sent = () =>
      partoo.requests.filter(({ method, path }) => method === 'POST' && path === '/comments');
    const env = { PARTOO_BASE_URL: partoo.baseUrl };
    const first = await startProcess(env);
    onTestFinished(async () => void (await first.stop('SIGKILL')));
    const view = await openInbox(first, { key: '7-anna' });
    const card = await cardOf(view, 0);
    await preview(card);
    await sendButton(card).click();
    await expect.poll(() => sent().length).toBe(1);
    await first.stop('SIGKILL');
    await findOut(card).waitFor();
    const second = await startProcess({ ...env, PORT: new URL(first.origin).port });
    onTestFinished(async () => void (await second.stop()));
    await findOut(card).click();
    await card.getByText(/Partoo shows no reply under this review yet/).waitFor();
    // Partoo carries it out only now.
    arrival.resolve();
    await expect.poll(() => review.state).toBe('treated');
    await findOut(card).click();
    await expect.poll(() => pill(card).innerText()).toBe('Answered');
    expect(await card.locator('.reply').innerText()).toContain(REPLY);
    expect(sent()).toHaveLength(1);
  });

  test.each([
    { hosts: 'with storage', storage: true },
    { hosts: 'without storage', storage: false },
  ])('that was sent is still shown after a reload, in hosts $hosts', async ({ storage }) => {
    const pair = await start();
    const view = await openInbox(pair, { storage });
    const card = await cardOf(view, 1);
    await preview(card);
    await sendButton(card).click();
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    await view.reload();
    await opened(view);
    const again = await cardOf(view, 1);
    expect(await pill(again).innerText()).toBe('Answered');
    expect(await again.locator('.reply').innerText()).toContain(REPLY);
    expect(await again.getByRole('button', { name: /^Reply/ }).count()).toBe(0);
    expect(await cards(view).count()).toBe(5);
  });

  test('that was refused, and one that was only begun, are still there after a reload', async () => {
    const pair = await start();
    const view = await openInbox(pair, { storage: true });
    await preview(await cardOf(view, 0), 'Thank you @[](client_first_name)');
    await sendButton(await cardOf(view, 0)).click();
    await (await cardOf(view, 0)).getByRole('alert').waitFor();
    await write(await cardOf(view, 1), 'Only begun');
    await view.reload();
    await opened(view);
    expect(await (await cardOf(view, 0)).innerText()).toMatch(
      /Not sent.*Thank you @\[\]\(client_first_name\).*template markup/s,
    );
    expect(await (await cardOf(view, 1)).getByRole('textbox').inputValue()).toBe('Only begun');
  });

  test('begins as a suggestion of Partoo, whose id is sent with it', async () => {
    const pair = await start();
    const view = await openInbox({
      url: `${pair.url}?tools=search_reviews,reply_to_review,suggest_review_reply`,
    });
    const card = await cardOf(view, 0);
    await card.getByRole('button', { name: /^Reply/ }).click();
    await card.getByRole('button', { name: 'Suggest a reply' }).click();
    await card.getByText('Partoo’s suggestion', { exact: true }).waitFor();
    const suggested = await card.getByRole('textbox').inputValue();
    await card.getByRole('button', { name: 'Another suggestion' }).click();
    await expect.poll(() => card.getByRole('textbox').inputValue()).not.toBe(suggested);
    await card.getByRole('textbox').press('End');
    await card.getByRole('textbox').pressSequentially(' À bientôt !');
    await card.getByText('Partoo’s suggestion, edited').waitFor();
    // It would replace what the person wrote.
    expect(await card.getByRole('button', { name: 'Another suggestion' }).count()).toBe(0);
    await card.getByRole('button', { name: 'Preview' }).click();
    await sendButton(card).click();
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    expect(repliesIn(pair.partoo.requests)[0]?.body).toMatchObject({
      reply_suggestion: { reply_suggestion_id: expect.any(Number), reply_suggestion_modified: true },
    });
  });

  test('cannot be written on a connection that only reads', async () => {
    const pair = await start();
    const view = await openInbox({ url: `${pair.url}?readonly=true` });
    expect(await cards(view).count()).toBe(5);
    expect(await view.frame.getByRole('button', { name: /Reply/ }).count()).toBe(0);
  });

  test('that another tab has sent is shown instead of sending a second one', async () => {
    const pair = await start();
    const view = await openInbox(pair, { storage: true });
    const card = await cardOf(view, 0);
    await preview(card, 'Of this tab');
    const [[draft = ''] = []] = await storageOf(view);
    const written = { args: { content: 'Of the other tab' }, state: { step: 'done', data: {} } };
    await store(view, [
      [draft.replace('draft:', 'reply:'), JSON.stringify({ value: written, at: Date.now() })],
    ]);
    await sendButton(card).click();
    await expect.poll(() => sentPill(card).innerText()).toBe('Sent');
    expect(await card.locator('.reply').innerText()).toContain('Of the other tab');
    expect(repliesIn(pair.partoo.requests)).toEqual([]);
  });

  test('whose outcome is unknown cannot be sent again on a connection that only reads', async () => {
    const pair = await start();
    const writing = await openInbox(pair, { storage: true });
    await preview(await cardOf(writing, 0));
    pair.partoo.faults.add({ method: 'POST', path: '/v2/comments', kind: 'cut' });
    await sendButton(await cardOf(writing, 0)).click();
    await findOut(await cardOf(writing, 0)).waitFor();
    const reading = await openInbox({ url: `${pair.url}?readonly=true` }, { storage: true });
    await store(reading, await storageOf(writing));
    await reading.reload();
    await opened(reading);
    const card = await cardOf(reading, 0);
    await findOut(card).click();
    await card.getByText(/Partoo shows no reply under this review yet/).waitFor();
    expect(await card.getByRole('button', { name: 'Send again' }).count()).toBe(0);
  });

  test('that was begun for a review is not offered for the review of another business with the same id', async () => {
    const openWith = async (businessId: string) => {
      const review = {
        id: 7,
        business_id: businessId,
        partner: 'google_my_business',
        state: 'not_treated',
        date: '2026-06-15T10:00:00Z',
        content: 'Good',
      };
      const partoo = await startScriptedPartoo(({ path }) =>
        path === '/reviews' ? { body: { reviews: [review], count: 1, page: 1, max_page: 1 } } : undefined,
      );
      onTestFinished(() => partoo.close());
      const server = await startProcess({ PARTOO_BASE_URL: partoo.baseUrl });
      onTestFinished(async () => void (await server.stop()));
      return openInbox(server, { key: `7-${businessId}`, storage: true });
    };
    const one = await openWith('a'.repeat(24));
    await write(await cardOf(one, 0), 'For the first business only');
    const other = await openWith('b'.repeat(24));
    await store(other, await storageOf(one));
    await other.reload();
    await opened(other);
    const card = await cardOf(other, 0);
    await card.getByRole('button', { name: /^Reply/ }).click();
    expect(await card.getByRole('textbox').inputValue()).toBe('');
  });
});

/** The storage of a view, which another tab or connection may see too. */
const storageOf = ({ frame }: ShownView) => frame.evaluate(() => Object.entries<string>(localStorage));

const store = ({ frame }: ShownView, entries: [string, string][]) =>
  frame.evaluate(all => {
    for (const [name, text] of all) localStorage.setItem(name, text);
  }, entries);
